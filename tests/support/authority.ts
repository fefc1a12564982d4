import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { v1Claims, v2Claims } from './token-claims.ts';
import { type Forgery, type KeyRing, newRing, signToken, toJwk } from './token-signing.ts';

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
  // keeps no process alive by itself
  server.unref();
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const authority: Authority = {
    url,
    requests,
    mode: 'serve',
    gone,
    mint(tid, claims = {}, forgery = {}) {
      const wanted = forgery.version === '1.0' ? v1Claims(url, tid) : v2Claims(url, tid);
      // a token that says when it was issued is valid from then on, whatever the machine's clock says by now
      const from = 'iat' in claims ? { nbf: claims.iat } : {};
      return signToken({ ...wanted, ...from, ...claims }, ringOf(forgery.keysOf ?? tid), forgery);
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

function respond(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
