import { createHmac, timingSafeEqual } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import * as z from 'zod';
import { keysFor, type Secrets } from '../keys/derived-keys.ts';
import type { SignInClient } from './client.ts';
import { portless } from './redirects.ts';

/** What a client says of itself when it registers. */
export interface Registration {
  readonly name: string;
  readonly redirects: readonly string[];
}

/** Ids that hold what was registered: whoever registers, and however often, nothing is stored. */
export interface RegisteredClients {
  /** An id for a client of this tenant; undefined when it would be too long. */
  idOf(tenant: string, registration: Registration): string | undefined;
  /** The client of an id; undefined when the id was not made here for this tenant. */
  find(tenant: string, id: string): SignInClient | undefined;
}

/** Characters of the longest id: an authorization request has to get through a gateway that takes 2 KB. */
export const longestId = 500;

const prefix = 'c1.';
/** Bytes of the signature: 128 bits, which nobody guesses. */
const macLength = 16;
/** Most bytes of what is unpacked. */
const mostUnpacked = 8_192;
const contents = z.tuple([z.string(), z.array(z.string())]);

export function registeredClients(secrets: Secrets): RegisteredClients {
  const keys = keysFor('client id', secrets);
  const mac = (key: Uint8Array, tenant: string, body: string) =>
    createHmac('sha256', key).update(`${tenant}\0${body}`).digest().subarray(0, macLength);
  return {
    idOf(tenant, { name, redirects }) {
      const packed = deflateRawSync(JSON.stringify([name, [...new Set(redirects.map(portless))]]), {
        level: 9,
      });
      const body = packed.toString('base64url');
      const id = `${prefix}${body}.${mac(keys[0].bytes, tenant, body).toString('base64url')}`;
      return id.length <= longestId ? id : undefined;
    },
    find(tenant, id) {
      const [, body, shown] = /^c1\.([\w-]+)\.([\w-]{22})$/.exec(id.length <= longestId ? id : '') ?? [];
      if (body === undefined || shown === undefined) {
        return undefined;
      }
      const bytes = Buffer.from(shown, 'base64url');
      if (!keys.some((key) => timingSafeEqual(mac(key.bytes, tenant, body), bytes))) {
        return undefined;
      }
      const [name, redirects] = contents.parse(
        JSON.parse(
          inflateRawSync(Buffer.from(body, 'base64url'), { maxOutputLength: mostUnpacked }).toString(),
        ),
      );
      return { id, name, redirects, known: 'registered' };
    },
  };
}
