import { tenantSites } from '#platform/settings';
import { type Environment, text } from '#platform/settings/read';
import { readTenants } from '#platform/settings/tenants';
import type { ProxyOptions } from '#platform/sign-in/options';
import { hasOwnServer } from '../../gateway/sign-in.ts';
import type { Settings } from '../../shared/settings.ts';
import type { ServerMetadata } from '../evidence.ts';
import { type Finding, fail, pass, warn } from '../finding.ts';
import { asDeployed } from './backend.ts';
import { type Check, fromSettings, given, names } from './check.ts';

export const signInAtEdge: Check = {
  id: 'edge.sign-in',
  group: 'Edge',
  title: 'Gateway and service agree on where people sign in',
  judge: (evidence) =>
    given(evidence.gateway, ({ registry }) =>
      fromSettings(evidence, (env) => {
        const way = asDeployed(env).signIn?.way;
        const isServer = way === 'proxy' || way === 'own';
        const served = readTenants(env).map(({ slug }) => slug as string);
        const other = registry.tenants
          .filter((tenant) => served.includes(tenant.slug) && hasOwnServer(tenant) !== isServer)
          .map(({ slug }) => slug);
        if (other.length === 0) {
          return pass(
            isServer
              ? 'The service is the authorization server of its tenants’ clients, and the gateway has its operations.'
              : 'The gateway sends clients to the identity provider.',
          );
        }
        return isServer
          ? fail(
              `SIGN_IN is ${way}, and the gateway does not let clients of ${names(other)} get there.`,
              `Give them "signIn": "${way}" in apim-policies/tenants.json, then run npm run policies and deploy the result.`,
            )
          : fail(
              `The gateway sends clients of ${names(other)} to the service to sign in, and SIGN_IN is not proxy.`,
              'Set SIGN_IN=proxy, or take "signIn" out of apim-policies/tenants.json.',
            );
      }),
    ),
};

const wayIsSafe: Check = {
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

const serverAnswers: Check = {
  id: 'backend.sign-in-live',
  group: 'Backend',
  title: 'Clients that nobody knows find their way in',
  judge: ({ live }) => given(live.serverMetadata, judgeServer),
};

export const signInAtBackend: readonly Check[] = [wayIsSafe, serverAnswers];

/** What the proxy needs, and what nobody but the identity provider's administrator can look up. */
function judgeProxy({ clientId, registration }: ProxyOptions, settings: Settings, env: Environment): Finding {
  const unsafe = judgeSecrets(env, ['SIGN_IN_CLIENT_SECRET', 'SIGN_IN_KEYS']);
  if (unsafe !== undefined) {
    return unsafe;
  }
  const callbacks = tenantSites(settings).map(({ base }) => `${base}/oauth/callback`);
  const way = registration ? 'may register themselves' : 'come with a metadata document, or are listed';
  return pass(
    `SIGN_IN is proxy: the registration ${clientId} must have the redirect addresses ${names(callbacks)}; clients ${way}.`,
  );
}

/** Who has the keys can make tokens for anybody. */
function judgeOwn(settings: Settings, env: Environment): Finding {
  const places = tenantSites(settings).map(({ base }) => new URL(base).hostname);
  return (
    judgeSecrets(env, ['SIGN_IN_KEYS']) ??
    pass(
      `SIGN_IN is own: there is no identity provider; people are invited with npm run invite, and their passkeys are for ${names([...new Set(places)])} alone.`,
    )
  );
}

/** Undefined when they are as they should be. */
function judgeSecrets(env: Environment, settings: readonly string[]): Finding | undefined {
  if (text(env, 'SIGN_IN_KEYS') === undefined) {
    return warn(
      'SIGN_IN_KEYS is not set: the keys of sign-ins come from STATE_SIGNING_KEY, and whoever replaces that after a day ends all sign-ins, which last 90 days.',
      'Set SIGN_IN_KEYS to a secret of its own, such as a Key Vault reference.',
    );
  }
  const open = settings.filter((name) => !text(env, name)?.startsWith('@Microsoft.KeyVault('));
  return open.length === 0
    ? undefined
    : warn(
        `${names(open)} in plain text can be read by whoever may look at the app's settings.`,
        'Put it into a key vault, and a reference of the form @Microsoft.KeyVault(SecretUri=…) into the setting.',
      );
}

function judgeServer({ server, address, issuer, ...says }: ServerMetadata): Finding {
  if (issuer !== server) {
    return fail(
      `${address} names the issuer ${issuer}, and clients were sent to ${server}: they refuse it.`,
      'Make PUBLIC_BASE_URL and the tenant’s route agree with the address that clients use.',
    );
  }
  if (!says.provesCodes || !says.namesIssuer) {
    return fail(
      `${address} does not offer ${says.provesCodes ? 'iss in its answers' : 'PKCE with S256'}.`,
      'Deploy the current version.',
    );
  }
  if (!says.readsClientDocuments && !says.registers) {
    return warn(
      `${address} offers neither metadata documents of clients nor registration.`,
      'Clients have to be listed (SIGN_IN_CLIENTS), or SIGN_IN_REGISTRATION has to be on.',
    );
  }
  const ways = [
    ...(says.readsClientDocuments ? ['a metadata document'] : []),
    ...(says.registers ? ['registration'] : []),
  ];
  return pass(`${address}: clients come in by ${ways.join(' or ')}.`);
}
