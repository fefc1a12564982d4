import { tenantSites } from '#platform/settings';
import { vaultReference } from '#platform/settings/keys';
import { type Environment, text } from '#platform/settings/read';
import type { ProxyOptions } from '#platform/sign-in/options';
import type { Settings } from '#shared/settings';
import { type Finding, pass, warn } from '../../finding.ts';
import { asDeployed } from '../backend.ts';
import { type Check, fromSettings, names } from '../check.ts';

export const wayIsSafe: Check = {
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
        case 'proxy':
          return judgeProxy(signIn, settings, env);
        case 'own':
          return judgeOwn(settings, env);
      }
    }),
};

/** What the proxy needs, and what nobody but the identity provider's administrator can look up. */
function judgeProxy({ clientId, registration }: ProxyOptions, settings: Settings, env: Environment): Finding {
  const unsafe = judgeSecrets(env, ['SIGN_IN_CLIENT_SECRET', 'SIGN_IN_KEYS']);
  if (unsafe !== undefined) {
    return unsafe;
  }
  const callbacks = tenantSites(settings).map(({ base }) => `${base}/oauth/callback`);
  const way = registration ? 'may register themselves' : 'come with a metadata document, or are listed';
  return pass(
    `SIGN_IN is proxy: the registration ${clientId} must have the redirect addresses ${names(callbacks)}; clients ${way}.${vouchers(settings)}`,
  );
}

/** Who has the keys can make tokens for anybody. */
function judgeOwn(settings: Settings, env: Environment): Finding {
  const places = tenantSites(settings).map(({ base }) => new URL(base).hostname);
  return (
    judgeSecrets(env, ['SIGN_IN_KEYS']) ??
    pass(
      `SIGN_IN is own: there is no identity provider; people are invited with npm run invite, and their passkeys are for ${names([...new Set(places)])} alone.${vouchers(settings)}`,
    )
  );
}

/** Who else says who somebody is; empty where nobody does. */
function vouchers({ tenants }: Settings): string {
  return tenants
    .filter(({ enterprise = [] }) => enterprise.length > 0)
    .map(({ slug, enterprise = [] }) => {
      const issuers = names(enterprise.map(({ issuer }) => issuer));
      const clients = names([...new Set(enterprise.flatMap((each) => each.clients.map(({ id }) => id)))]);
      return ` For people of ${slug}, ${issuers} vouches, to ${clients}.`;
    })
    .join('');
}

/** Undefined when they are as they should be. */
function judgeSecrets(env: Environment, settings: readonly string[]): Finding | undefined {
  if (text(env, 'SIGN_IN_KEYS') === undefined) {
    return warn(
      'SIGN_IN_KEYS is not set: the keys of sign-ins come from STATE_SIGNING_KEY, and whoever replaces that after a day ends all sign-ins, which last 90 days.',
      'Set SIGN_IN_KEYS to a secret of its own, such as a Key Vault reference.',
    );
  }
  const open = settings.filter((name) => !text(env, name)?.startsWith(vaultReference));
  return open.length === 0
    ? undefined
    : warn(
        `${names(open)} in plain text can be read by whoever may look at the app's settings.`,
        'Put it into a key vault, and a reference of the form @Microsoft.KeyVault(SecretUri=…) into the setting.',
      );
}
