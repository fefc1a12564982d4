import { hash, randomBytes } from 'node:crypto';
import type { AuditEntry } from './audit.ts';

/**
 * Where an entry stands. A shard is what one writer, a process since its start, wrote into the trail of a tenant; so the chain
 * goes on without anything being read.
 */
export interface ChainLink {
  readonly shard: string;
  /** Counts from 1 in its shard. */
  readonly position: number;
  /** The hash of the entry before it in its shard; empty for the first one. */
  readonly previous: string;
  /** SHA-256 of tenant, entry and the members above, base64url. */
  readonly hash: string;
}

/** An entry as it is in the trail. */
export interface ChainedEntry {
  readonly entry: AuditEntry;
  readonly link: ChainLink;
}

/** Puts entries of one tenant in a row, each bound to the one before it. */
export class Shard {
  readonly #tenant: string;
  readonly #name = randomBytes(9).toString('base64url');
  #position = 0;
  #previous = '';

  constructor(tenant: string) {
    this.#tenant = tenant;
  }

  /** The next entry of the shard. */
  chained(entry: AuditEntry): ChainedEntry {
    const place = { shard: this.#name, position: this.#position + 1, previous: this.#previous };
    const digest = hashOf(this.#tenant, entry, place);
    this.#position = place.position;
    this.#previous = digest;
    return { entry, link: { ...place, hash: digest } };
  }
}

/** @param tenant in whose trail the entry is, whatever the entry says */
export function hashOf(tenant: string, entry: AuditEntry, place: Omit<ChainLink, 'hash'>): string {
  const { shard, position, previous } = place;
  const values = entry as unknown as Readonly<Record<string, unknown>>;
  const members: [name: string, value: unknown][] = [];
  for (const name in values) {
    const value = values[name];
    if (name !== 'tenant' && value !== undefined) {
      members.push([name, value]);
    }
  }
  members.sort(([one], [other]) => (one < other ? -1 : 1));
  return sha256(JSON.stringify([tenant, shard, position, previous, members]));
}

/** SHA-256, base64url. */
export function sha256(text: string): string {
  return hash('sha256', text, 'base64url');
}
