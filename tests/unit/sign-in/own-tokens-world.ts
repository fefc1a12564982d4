import { openRoles } from '#platform/access/roles';
import type { Secrets } from '#platform/sign-in/keys/derived-keys';
import { ownKeys } from '#platform/sign-in/keys/own-key';
import { type Grant, ownTokens } from '#platform/sign-in/tokens/own-tokens';
import { siteOf } from './sites.ts';

export const origin = 'https://mcp.example.com';
export const [acme, other] = [siteOf('acme'), siteOf('other')];
const roles = openRoles({ reader: ['things.read'], writer: ['things.write'] }, { writer: 'Things.Writer' });
export const [secret, next] = [
  'a secret of the deployment, long enough',
  'the next secret of the deployment',
];
export const issuedAt = new Date('2026-11-28T12:00:00Z');
export const later = (seconds: number) => new Date(issuedAt.getTime() + seconds * 1_000);

export function world({
  secrets = [secret] as Secrets,
  now = issuedAt,
  applications = [] as string[],
  sites = [acme, other],
} = {}) {
  const keys = ownKeys(secrets);
  return {
    keys,
    ...ownTokens({ keys, sites, roles, scope: 'mcp.access', applications, now: () => now }),
  };
}

export const grant = {
  site: acme,
  issuer: acme.base,
  subject: 'person-1',
  clientId: 'client-1',
  resource: `${acme.base}/mcp`,
  roles: ['writer'],
} satisfies Grant;
export const issued = async (over: Partial<Grant> = {}) =>
  (await world().issue({ ...grant, ...over })).response.access_token;
const at = (address: string) => new Request(address, { method: 'POST' });
export const verify = (token: string, options: Parameters<typeof world>[0] = {}, address = grant.resource) =>
  world(options).verifier.verify(token, at(address));
