import { directoryId } from '../authority.ts';
import type { Surroundings } from '../world.ts';
import { otherOf, type Tenant } from './case.ts';

type Claims = Record<string, unknown>;

interface TokenState {
  readonly state: string;
  /** What the client sends as authorization. */
  readonly authorization: (surroundings: Surroundings, tenant: Tenant) => Promise<string | undefined>;
  readonly status: 200 | 401 | 403;
  readonly detail: string;
}

const bearer =
  (claims: Claims, directory?: string): TokenState['authorization'] =>
  async ({ authority }, tenant) =>
    `Bearer ${await authority.token(directory ?? tenant, claims)}`;

const longAgo = Math.floor(Date.now() / 1000) - 7200;
const later = Math.floor(Date.now() / 1000) + 7200;

const missing = 'The token lacks a claim.';
const invalid = 'The token is not valid.';
const notHere = 'Your organisation may not use this address.';

export const states: readonly TokenState[] = [
  { state: 'none', authorization: async () => undefined, status: 401, detail: 'Send an access token.' },
  { state: 'right', authorization: bearer({}), status: 200, detail: '' },
  {
    state: 'expired',
    authorization: bearer({ iat: longAgo, nbf: longAgo, exp: longAgo + 3600 }),
    status: 401,
    detail: 'The token has expired; get a new one.',
  },
  { state: 'not yet valid', authorization: bearer({ nbf: later }), status: 401, detail: invalid },
  { state: 'without an end', authorization: bearer({ exp: undefined }), status: 401, detail: invalid },
  {
    state: 'for another service',
    authorization: bearer({ aud: 'https://graph.microsoft.com' }),
    status: 401,
    detail: 'The token is for another service.',
  },
  {
    state: 'of an unknown issuer',
    authorization: bearer({ iss: 'https://issuer.example.com' }),
    status: 403,
    detail: notHere,
  },
  {
    state: 'of the other tenant',
    authorization: async ({ authority }, tenant) => `Bearer ${await authority.token(otherOf(tenant))}`,
    status: 403,
    detail: notHere,
  },
  { state: 'of a stranger', authorization: bearer({}, 'stranger'), status: 403, detail: notHere },
  {
    state: 'with a foreign tid',
    authorization: async ({ authority }, tenant) =>
      `Bearer ${await authority.token(tenant, { tid: directoryId(otherOf(tenant)) })}`,
    status: 403,
    detail: notHere,
  },
  {
    state: 'with a foreign issuer',
    authorization: async ({ authority }, tenant) =>
      `Bearer ${await authority.token(otherOf(tenant), { tid: directoryId(tenant) })}`,
    status: 403,
    detail: notHere,
  },
  { state: 'without tid', authorization: bearer({ tid: undefined }), status: 401, detail: missing },
  { state: 'without oid', authorization: bearer({ oid: undefined }), status: 401, detail: missing },
  {
    state: 'signed with an unknown key',
    authorization: async ({ authority }, tenant) => `Bearer ${await authority.forged(tenant)}`,
    status: 401,
    detail: invalid,
  },
  {
    state: 'changed on the way',
    authorization: async (surroundings, tenant) => {
      const [head, payload, signature] = ((await bearer({})(surroundings, tenant)) ?? '').split('.');
      const claims = JSON.parse(Buffer.from(payload ?? '', 'base64url').toString());
      const changed = Buffer.from(JSON.stringify({ ...claims, roles: ['security'] })).toString('base64url');
      return [head, changed, signature].join('.');
    },
    status: 401,
    detail: invalid,
  },
  {
    state: 'not a token',
    authorization: async () => 'Bearer something',
    status: 401,
    detail: invalid,
  },
  {
    state: 'under another scheme',
    authorization: async (surroundings, tenant) =>
      (await bearer({})(surroundings, tenant))?.replace('Bearer', 'Basic'),
    status: 401,
    detail: invalid,
  },
];
