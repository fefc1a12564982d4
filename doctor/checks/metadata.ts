import { cloudOfAuthority } from '#platform/identity/clouds';
import { tenantSites } from '#platform/settings';
import { text } from '#platform/settings/read';
import type { Settings } from '../../shared/settings.ts';
import type { ResourceMetadata } from '../evidence.ts';
import { type Finding, fail, pass, warn } from '../finding.ts';
import { addressesOf, asDeployed, settingsOf } from './backend.ts';
import { type Check, fromSettings, given, names } from './check.ts';

/** Entra compares these to the letter; where they differ, every sign-in ends in AADSTS9010010. */
const agreeInSettings: Check = {
  id: 'backend.metadata',
  group: 'Backend',
  title: 'Resource, scopes and audience agree',
  judge: (evidence) =>
    fromSettings(evidence, (env) => {
      const { auth, signIn } = asDeployed(env);
      if (auth.mode !== 'jwt') {
        return fail('Without AUTH_MODE=jwt there is no metadata.', 'Set AUTH_MODE=jwt.');
      }
      if (text(env, 'PUBLIC_BASE_URL') === undefined) {
        return warn(
          'PUBLIC_BASE_URL is not set: the metadata names the function app and not the gateway.',
          'Set PUBLIC_BASE_URL to the address that clients use, with the tenant’s route and without a slash at its end.',
        );
      }
      if (signIn?.way === 'verifier') {
        return pass('There is no metadata, as SIGN_IN=verifier wants it.');
      }
      if (signIn?.way === 'proxy') {
        return pass(`The service asks for ${auth.identifier}/${auth.scope}; clients ask the service.`);
      }
      const addresses = addressesOf(env);
      if (signIn?.way === 'own') {
        return pass(
          `There is no app registration to agree with: the service signs tokens for ${addresses.join(' and ')} itself.`,
        );
      }
      const { authority, scopePrefix } = auth;
      if (
        cloudOfAuthority(authority) !== undefined &&
        scopePrefix !== undefined &&
        !addresses.includes(scopePrefix)
      ) {
        return warn(
          `The scope begins with ${scopePrefix}, and the resource is ${addresses.join(' or ')}: Entra answers AADSTS9010010 to clients that name both.`,
          'Leave MCP_SCOPE_PREFIX out, and add the addresses to the identifier URIs of the app registration.',
        );
      }
      return pass(
        `They agree. The app registration must have the identifier URIs ${addresses.join(' and ')}.`,
      );
    }),
};

const agreeLive: Check = {
  id: 'backend.metadata-live',
  group: 'Backend',
  title: 'The published metadata is that of this address',
  judge: (evidence) =>
    given(evidence.live.url, (url) => {
      const { metadata, withoutToken } = evidence.live;
      const isVerifier = settingsOf(evidence)?.signIn?.way === 'verifier';
      return isVerifier && 'problem' in metadata && 'value' in withoutToken
        ? pass('There is none, as SIGN_IN=verifier wants it.')
        : given(metadata, (published) => judgeMetadata(url, published));
    }),
};

const audienceMatches: Check = {
  id: 'backend.token-audience',
  group: 'Backend',
  title: 'The token is for the audience that the service accepts',
  judge: (evidence) =>
    given(evidence.live.claims, ({ aud }) =>
      fromSettings(evidence, (env) => {
        const settings = asDeployed(env);
        const { auth, signIn } = settings;
        const own = ownAudiences(settings);
        // Tokens of a directory count in every way but this one.
        const accepted = auth.mode !== 'jwt' || signIn?.way === 'own' ? own : [...auth.audiences, ...own];
        if (auth.mode !== 'jwt' || accepted.includes(aud)) {
          return pass(`The token’s aud is ${aud}.`);
        }
        if (signIn?.way === 'own') {
          return fail(
            `The token’s aud is ${aud}; tokens of this service are for ${names(own)}.`,
            'Take a token that the service has given, and make PUBLIC_BASE_URL the address that clients use.',
          );
        }
        return fail(
          `The token’s aud is ${aud}; MCP_API_AUDIENCE is ${auth.audiences.join(', ')}.`,
          'Take the aud that Entra really puts in: the client id for v2 tokens, the App ID URI for v1.',
        );
      }),
    ),
};

/** Addresses that tokens of the service's own are for; none where it signs none. */
function ownAudiences(settings: Settings): readonly string[] {
  const { signIn, tenants } = settings;
  const signing = tenants
    .filter(({ enterprise = [] }) => signIn?.way === 'own' || enterprise.length > 0)
    .map(({ slug }) => slug);
  return tenantSites(settings)
    .filter(({ slug }) => signing.includes(slug))
    .flatMap(({ resources }) => resources);
}

export const metadataChecks: readonly Check[] = [agreeInSettings, agreeLive, audienceMatches];

function judgeMetadata(url: string, metadata: ResourceMetadata): Finding {
  const { address, resource, authorizationServers, scopes } = metadata;
  const remedy = 'Set PUBLIC_BASE_URL (and public-base-url of the gateway) to the address that clients use.';
  if (resource.endsWith('/')) {
    return fail(`The resource ${resource} ends with a slash.`, remedy);
  }
  if (resource !== url) {
    return fail(`${address} is about ${resource}, and clients were given ${url}.`, remedy);
  }
  if (authorizationServers.length === 0) {
    return fail(`${address} names no authorization server.`, 'Onboard a tenant: see docs/deploying.md.');
  }
  // At an authorization server of the service's own, scopes are plain names.
  const isOwn = authorizationServers.every((server) => new URL(server).origin === new URL(resource).origin);
  const foreign = isOwn ? [] : scopes.filter((scope) => !scope.startsWith(`${resource}/`));
  if (scopes.length === 0) {
    return fail(`${address} names no scope.`, 'Deploy the current version.');
  }
  return foreign.length === 0
    ? pass(`${address} is in order; tokens come from ${names(authorizationServers)}.`)
    : warn(
        `The scope ${names(foreign)} does not begin with the resource ${resource}.`,
        'Entra wants both from one identifier URI; leave MCP_SCOPE_PREFIX out if sign-ins end in AADSTS9010010.',
      );
}
