import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWK, type JWTPayload, SignJWT } from 'jose';
import { readRegistry } from '#gateway/registry';

/** Directory ids by slug: those of all registered tenants, and one that nobody onboarded. */
const directories: ReadonlyMap<string, string> = new Map([
  ...readRegistry().tenants.map(({ slug, tenantIds }) => [slug, tenantIds[0]] as const),
  ['stranger', 'd0000000-0000-4000-8000-000000000003'],
]);

/** @throws Error when there is no such directory */
export function directoryId(slug: string): string {
  const id = directories.get(slug);
  if (id === undefined) {
    throw new Error(`There is no directory "${slug}".`);
  }
  return id;
}

export const audience = 'a0000000-0000-4000-8000-00000000000a';

/** An identity provider of these directories, with Entra's addresses and v2 tokens. */
export interface Authority {
  readonly origin: string;
  /** A token of a directory's user; `undefined` takes a claim out. */
  token(directory: string, claims?: JWTPayload & Record<string, unknown>): Promise<string>;
  /** A token signed with a key that is not published. */
  forged(directory: string): Promise<string>;
  /** From now on tokens are signed with a new key; the old one is withdrawn. */
  rotate(): Promise<void>;
  /** How often the signing keys were read. */
  readonly reads: () => number;
  /** How often it was asked for anything. */
  readonly requests: () => number;
  /** From now on it answers nothing but errors, or as it should. */
  readonly fails: (failing: boolean) => void;
  stop(): Promise<void>;
}

interface SigningKey {
  readonly key: Awaited<ReturnType<typeof generateKeyPair>>['privateKey'];
  readonly published: JWK;
}

let made = 0;

async function makeKey(): Promise<SigningKey> {
  const { privateKey, publicKey } = await generateKeyPair('RS256');
  made += 1;
  const published = { ...(await exportJWK(publicKey)), kid: `key-${made}`, alg: 'RS256', use: 'sig' };
  return { key: privateKey, published };
}

export async function startAuthority(): Promise<Authority> {
  let current = await makeKey();
  const unpublished = await makeKey();
  let reads = 0;
  let requests = 0;
  let failing = false;
  /** Signing is slow, and most tests want the same few tokens. */
  const tokens = new Map<string, Promise<string>>();
  const server = http.createServer((request, response) => {
    const origin = `http://${request.headers.host}`;
    const documents: Record<string, () => unknown> = {
      '/organizations/v2.0/.well-known/openid-configuration': () => ({
        issuer: `${origin}/{tenantid}/v2.0`,
        jwks_uri: `${origin}/organizations/discovery/v2.0/keys`,
      }),
      '/organizations/discovery/v2.0/keys': () => {
        reads += 1;
        return { keys: [current.published] };
      },
    };
    requests += 1;
    if (failing) {
      response.writeHead(500).end();
      return;
    }
    const document = documents[request.url ?? ''];
    response.writeHead(document === undefined ? 404 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(document?.() ?? {}));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const sign = (key: SigningKey, directory: string, claims: Record<string, unknown>) =>
    new SignJWT({ ...claimsOf(origin, directory), ...claims })
      .setProtectedHeader({ alg: 'RS256', kid: key.published.kid ?? '' })
      .sign(key.key);
  return {
    origin,
    token(directory, claims = {}) {
      const key = JSON.stringify([directory, claims, Object.keys(claims)]);
      const token = tokens.get(key) ?? sign(current, directory, claims);
      tokens.set(key, token);
      return token;
    },
    forged: (directory) => sign(unpublished, directory, {}),
    async rotate() {
      current = await makeKey();
      tokens.clear();
    },
    reads: () => reads,
    requests: () => requests,
    fails(value) {
      failing = value;
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function claimsOf(origin: string, directory: string): JWTPayload {
  const now = Math.floor(Date.now() / 1000);
  return {
    iss: `${origin}/${directoryId(directory)}/v2.0`,
    aud: audience,
    tid: directoryId(directory),
    oid: '0b000000-0000-4000-8000-000000000001',
    ver: '2.0',
    scp: 'mcp.access',
    iat: now,
    nbf: now,
    exp: now + 3600,
  };
}
