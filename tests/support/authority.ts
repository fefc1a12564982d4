import {
  constants,
  createHmac,
  generateKeyPairSync,
  type KeyObject,
  randomUUID,
  type SignKeyObjectInput,
  sign,
} from 'node:crypto';
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Client id of the API that tokens are for. */
export const apiClientId = 'c0000000-0000-4000-8000-00000000000c';

/** A double of Entra: signs tokens of any directory and serves the keys to verify them. */
export interface Authority {
  /** Without a trailing slash. */
  readonly url: string;
  /** Paths that were asked for, in order. */
  readonly requests: readonly string[];
  /** How it answers from now on: as it should, never, or with an error. */
  mode: 'serve' | 'hang' | 'fail';
  /** Directories that are gone: there are no keys of theirs. */
  readonly gone: Set<string>;
  /** A token of a user of the directory `tid`, good for an hour; `claims` replace its claims, undefined removes one. */
  mint(tid: string, claims?: Claims, forgery?: Forgery): string;
  /** New keys for the directory; the former ones are no longer published. */
  rotate(tid: string): void;
  stop(): Promise<void>;
}

export type Claims = Readonly<Record<string, unknown>>;

/** What is unusual about a token. */
export interface Forgery {
  /** RS256 unless named. `none` leaves the signature empty; HS256 takes the directory's public key as the secret. */
  readonly alg?: string;
  readonly kid?: string;
  /** More header parameters. */
  readonly header?: Claims;
  /** The shape of the token; 2.0 unless named. */
  readonly version?: '1.0' | '2.0';
  /** Directory whose keys sign; the token's own unless named. */
  readonly keysOf?: string;
}

interface Pair {
  readonly kid: string;
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

interface KeyRing {
  readonly rsa: Pair;
  readonly ec: Pair;
}

export async function startAuthority(): Promise<Authority> {
  const rings = new Map<string, KeyRing>();
  const ringOf = (tid: string) => {
    const ring = rings.get(tid) ?? newRing();
    rings.set(tid, ring);
    return ring;
  };
  const requests: string[] = [];
  const gone = new Set<string>();
  const server = createServer(({ url = '' }, response) => {
    requests.push(url);
    if (authority.mode === 'hang') {
      return;
    }
    const tid = /^\/([0-9a-f-]{36})\/discovery\/v2\.0\/keys$/.exec(url)?.[1];
    if (authority.mode === 'fail') {
      respond(response, 500, { error: 'server_error' });
    } else if (tid === undefined || gone.has(tid)) {
      respond(response, 404, { error: 'not_found' });
    } else {
      respond(response, 200, { keys: Object.values(ringOf(tid)).map(toJwk) });
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const authority: Authority = {
    url,
    requests,
    mode: 'serve',
    gone,
    mint(tid, claims = {}, forgery = {}) {
      const wanted = forgery.version === '1.0' ? v1Claims(url, tid) : v2Claims(url, tid);
      return signToken({ ...wanted, ...claims }, ringOf(forgery.keysOf ?? tid), forgery);
    },
    rotate: (tid) => void rings.set(tid, newRing()),
    async stop() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
  return authority;
}

/** A public key as the text that a library would take for a secret. */
const pem = ({ publicKey }: Pair) => publicKey.export({ type: 'spki', format: 'pem' });

function newRing(): KeyRing {
  return {
    rsa: { kid: randomUUID(), ...generateKeyPairSync('rsa', { modulusLength: 2048 }) },
    ec: { kid: randomUUID(), ...generateKeyPairSync('ec', { namedCurve: 'P-256' }) },
  };
}

/** Like Entra's: without an algorithm. */
function toJwk({ kid, publicKey }: Pair) {
  return { ...publicKey.export({ format: 'jwk' }), kid, use: 'sig' };
}

function respond(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

/** What both versions of a user's token have in common. */
function commonClaims(tid: string): Claims {
  const now = Math.floor(Date.now() / 1000);
  return {
    iat: now,
    nbf: now,
    exp: now + 3600,
    tid,
    oid: 'd0000000-0000-4000-8000-00000000000d',
    sub: 'pairwise-subject-of-the-user',
    scp: 'mcp.access',
    roles: ['query'],
    name: 'Sara Sample',
    uti: randomUUID(),
  };
}

function v2Claims(url: string, tid: string): Claims {
  return {
    ...commonClaims(tid),
    iss: `${url}/${tid}/v2.0`,
    aud: apiClientId,
    azp: 'e0000000-0000-4000-8000-00000000000e',
    azpacr: '0',
    preferred_username: 'sara.sample@directory.example',
    ver: '2.0',
  };
}

function v1Claims(url: string, tid: string): Claims {
  return {
    ...commonClaims(tid),
    iss: `${url}/${tid}/`,
    aud: `api://${apiClientId}`,
    appid: 'e0000000-0000-4000-8000-00000000000e',
    appidacr: '0',
    unique_name: 'sara.sample@directory.example',
    ver: '1.0',
  };
}

/** Written out instead of taken from a library: a library refuses to make most of what an attacker sends. */
function signToken(claims: Claims, ring: KeyRing, { alg = 'RS256', kid, header = {} }: Forgery): string {
  const pair = alg.startsWith('ES') ? ring.ec : ring.rsa;
  const head = { typ: 'JWT', alg, kid: kid ?? pair.kid, ...header };
  const input = `${base64url(head)}.${base64url(claims)}`;
  return `${input}.${signature(alg, input, pair)}`;
}

const base64url = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

function signature(alg: string, input: string, pair: Pair): string {
  if (alg.toLowerCase() === 'none') {
    return '';
  }
  const hash = `sha${/\d+$/.exec(alg)?.[0] ?? '256'}`;
  if (alg.startsWith('HS')) {
    return createHmac(hash, pem(pair)).update(input).digest('base64url');
  }
  return sign(hash, Buffer.from(input), { key: pair.privateKey, ...parametersOf(alg) }).toString('base64url');
}

function parametersOf(alg: string): Omit<SignKeyObjectInput, 'key'> {
  if (alg.startsWith('ES')) {
    return { dsaEncoding: 'ieee-p1363' };
  }
  if (!alg.startsWith('PS')) {
    return {};
  }
  return { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST };
}
