import { tenantSites } from '#platform/settings';
import { text } from '#platform/settings/read';
import { pass, warn } from '../finding.ts';
import { asDeployed } from './backend.ts';
import { type Check, fromSettings, names } from './check.ts';

/** What the chosen way in needs, and what nobody but the identity provider's administrator can look up. */
const wayIn: Check = {
  id: 'backend.sign-in',
  group: 'Backend',
  title: 'Clients can find their way to a token',
  judge: (evidence) =>
    fromSettings(evidence, (env) => {
      const settings = asDeployed(env);
      const { signIn } = settings;
      switch (signIn?.way) {
        case undefined:
          return warn('Nobody signs in: AUTH_MODE is not jwt.', 'Set AUTH_MODE=jwt.');
        case 'verifier':
          return pass('SIGN_IN is verifier: clients bring a token, and nothing tells them where to get one.');
        case 'remote':
          return pass(
            'SIGN_IN is remote: clients are sent to the identity provider, which has to know them.',
          );
        case 'proxy': {
          if (text(env, 'SIGN_IN_KEYS') === undefined) {
            return warn(
              'SIGN_IN_KEYS is not set: the keys of sign-ins come from STATE_SIGNING_KEY, which cannot be replaced without ending them all.',
              'Set SIGN_IN_KEYS to a secret of its own, such as a Key Vault reference.',
            );
          }
          const callbacks = tenantSites(settings).map(({ base }) => `${base}/oauth/callback`);
          return pass(
            `SIGN_IN is proxy: the registration ${signIn.clientId} must have the redirect addresses ${names(callbacks)}.`,
          );
        }
      }
    }),
};

export const signInChecks: readonly Check[] = [wayIn];
