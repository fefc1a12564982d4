import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { LATEST_PROTOCOL_VERSION } from '@modelcontextprotocol/server';
import * as z from 'zod';
import { bindingOf } from '../../identity/actor.ts';
import type { Principal } from '../../identity/principal.ts';
import type { KeyRing } from '../../key-ring.ts';
import { cardsExtensionId, takenCards } from '../definitions/card.ts';

/** What a 2025-era client said of itself when it began its session, as far as the server acts on it. */
const clientProfile = z.object({
  protocolVersion: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}$/)
    .catch(LATEST_PROTOCOL_VERSION),
  clientInfo: z.object({ name: clipped(), version: clipped() }).catch({ name: 'unknown', version: '0' }),
  capabilities: z
    .object({
      elicitation: supports({ form: supports(), url: supports() }),
      sampling: supports({ context: supports(), tools: supports() }),
      roots: supports(),
      extensions: supports({ [cardsExtensionId]: takenCards }),
    })
    .catch({}),
});
export type ClientProfile = z.output<typeof clientProfile>;

const content = clientProfile.extend({
  /** Names the session in storage. */
  id: z.string().regex(/^[A-Za-z0-9_-]{22}$/),
  /** Digest of the tenant, the user and the kind of caller whose session it is. */
  owner: z.string(),
  /** Seconds since the epoch. */
  expires: z.int(),
});

export interface Session extends ClientProfile {
  readonly id: string;
  readonly expires: number;
}

/** Hours after which a client has to initialize again. */
const lifetimeHours = 24;
/** Longer than any id that is issued, because every part of an id is bounded. */
const longestSessionId = 2_000;

/**
 * Session ids of 2025-era clients (MCP 2025-11-25, transports, session management). An id carries, signed, all that a
 * session consists of, so that any instance can serve it and nothing is kept for it.
 */
export class SessionIds {
  readonly #keys: KeyRing;
  readonly #now: () => Date;

  /** @param keys secrets that all instances share: the first one signs, each one is accepted */
  constructor(keys: KeyRing, now: () => Date) {
    this.#keys = keys;
    this.#now = now;
  }

  /** @param params of the client's `initialize`; what is malformed in them is left out */
  issue(params: unknown, principal: Principal): string {
    const [key] = this.#keys;
    const payload = {
      ...clientProfile.parse(typeof params === 'object' && params !== null ? params : {}),
      id: randomBytes(16).toString('base64url'),
      owner: ownerOf(key, principal),
      expires: this.#seconds() + lifetimeHours * 3_600,
    };
    const text = Buffer.from(JSON.stringify(payload)).toString('base64url');
    return `${text}.${sign(key, 'session', text)}`;
  }

  /** The session of this id; undefined when the id is malformed, forged, expired or somebody else's. */
  open(sessionId: string, principal: Principal): Session | undefined {
    if (sessionId.length > longestSessionId) {
      return undefined;
    }
    const [text = '', signature = '', ...more] = sessionId.split('.');
    if (more.length > 0) {
      return undefined;
    }
    const key = this.#keys.find((one) => equal(signature, sign(one, 'session', text)));
    if (key === undefined) {
      return undefined;
    }
    const parsed = content.safeParse(JSON.parse(Buffer.from(text, 'base64url').toString()));
    if (!parsed.success) {
      return undefined;
    }
    const { owner, ...session } = parsed.data;
    return equal(owner, ownerOf(key, principal)) && session.expires > this.#seconds() ? session : undefined;
  }

  #seconds(): number {
    return Math.floor(this.#now().getTime() / 1_000);
  }
}

/** Keyed, because ids travel through clients and logs: nobody else can tell whose a session is. */
function ownerOf(key: string, principal: Principal): string {
  return sign(key, 'owner', ...bindingOf(principal)).slice(0, 22);
}

function sign(key: string, ...parts: readonly string[]): string {
  return createHmac('sha256', key).update(parts.join('\0')).digest('base64url');
}

function clipped() {
  return z.string().transform((text) => text.slice(0, 60));
}

/** A capability is an object; what is in it beyond `shape` is dropped, which bounds the size of an id. */
function supports<Shape extends z.ZodRawShape>(shape: Shape = {} as Shape) {
  return z.object(shape).optional().catch(undefined);
}

function equal(one: string, other: string): boolean {
  const [left, right] = [Buffer.from(one), Buffer.from(other)];
  return left.length === right.length && timingSafeEqual(left, right);
}
