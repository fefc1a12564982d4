import { describe, expect, it } from 'vitest';
import type { AuditEntry } from '#platform/access/audit';
import { Shard } from '#platform/access/audit-chain';
import { contentOf, sealingKey } from '#platform/access/audit-heads';
import { proofOf } from '#platform/access/audit-proof';
import { type TenantId, tenantId } from '#platform/identity/tenant';
import type { AuditHeadStore, KeptHead } from '#platform/storage/audit-head-store';
import type { AuditRow } from '#platform/storage/audit-rows';
import type { HeadCopies } from '#platform/storage/head-copies';
import { createLogger } from '#platform/telemetry/log';
import { copyingTo, sendingTo } from '#shared/composition/pass-trail-on';
import { type AfterSealing, trailSealing } from '#shared/composition/seal-trail';
import { anAuditEntry } from '../../support/audit-entry.ts';

const tenant = tenantId('contoso');
const secret = 'a secret of the tests that is longer than 32 bytes';

/** A trail in memory, on a clock that the test turns. */
class Trail {
  clock = new Date('2026-03-01T00:30:00.000Z');
  readonly kept: AuditRow[] = [];
  readonly heads: (KeptHead & { readonly writtenAt: Date })[] = [];
  readonly #shards = new Map<string, Shard>();
  readonly readHeads: (Date | undefined)[] = [];
  readonly lines: string[] = [];
  #count = 0;

  write(process: string, more: Partial<AuditEntry> = {}): void {
    const shard = this.#shards.get(process) ?? new Shard(tenant);
    this.#shards.set(process, shard);
    this.#count += 1;
    const entry = anAuditEntry(this.#count, { time: this.clock.toISOString(), tenant, ...more });
    this.kept.push({ ...shard.chained(entry), isInPlace: true });
  }

  /** Goes on by hours. */
  pass(hours: number): void {
    this.clock = new Date(this.clock.getTime() + hours * 3_600_000);
  }

  readonly store: AuditHeadStore = {
    read: async (_, since) => {
      this.readHeads.push(since);
      return this.heads.filter(({ writtenAt }) => since === undefined || writtenAt >= since);
    },
    add: async (_, number, head) => {
      expect(number).toBe(this.heads.length + 1);
      this.heads.push({ ...head, number, writtenAt: this.clock });
    },
  };

  readonly audit = {
    rows: async function* (this: Trail, of: TenantId, since = '') {
      yield* of === tenant ? this.kept.filter(({ entry }) => entry.time.slice(0, 10) >= since) : [];
    }.bind(this),
  };

  async seal(afterwards: Readonly<Record<string, AfterSealing>> = {}): Promise<void> {
    const now = () => this.clock;
    const logger = createLogger('info', now, (line) => this.lines.push(line));
    const sealing = trailSealing({
      ...{ audit: this.audit, heads: this.store, tenants: [tenant], secret, now, logger },
      // the trail of what belongs to no tenant is another one
      afterwards: Object.fromEntries(
        Object.entries(afterwards).map(([name, after]) => [
          name,
          async (of: TenantId, heads: readonly KeptHead[]) => (of === tenant ? after(of, heads) : undefined),
        ]),
      ),
    });
    this.readHeads.length = 0;
    await sealing(new AbortController().signal);
  }

  faults() {
    const keys = [sealingKey(secret).publicKey];
    return proofOf(this.kept, { tenant, heads: this.heads, keys }).faults;
  }
}

/** Days of a service that seals every hour in which something came. */
async function days(trail: Trail, count: number): Promise<void> {
  for (let hour = 0; hour < count * 24; hour += 6) {
    trail.write('busy');
    trail.pass(6);
    await trail.seal();
  }
}

describe('sealing', () => {
  it('reads the heads of the last days, and not all there are', async () => {
    const trail = new Trail();
    await days(trail, 4);
    trail.write('busy');
    trail.pass(1);
    await trail.seal();
    expect(trail.readHeads[0]?.toISOString()).toBe('2026-03-03T00:00:00.000Z');
    // the other one is the trail of no tenant, which has none
    expect(trail.readHeads.filter((since) => since === undefined).length).toBeLessThanOrEqual(1);
    expect(trail.faults()).toEqual([]);
    expect(trail.heads).toHaveLength(17);
  });

  it('goes on with a writer that was silent for longer, where it was sealed', async () => {
    const trail = new Trail();
    trail.write('slow');
    await days(trail, 4);
    trail.write('slow');
    trail.pass(1);
    await trail.seal();
    expect(trail.faults()).toEqual([]);
    expect(Object.values(contentOf(trail.heads.at(-1) ?? expect.fail())?.shards ?? {})[0]?.[0]).toBe(2);
    expect(trail.lines).toEqual([]);
  });

  it('goes on after it was down for a week', async () => {
    const trail = new Trail();
    await days(trail, 2);
    trail.write('busy');
    trail.pass(7 * 24);
    await trail.seal();
    expect(trail.faults()).toEqual([]);
    expect(trail.heads).toHaveLength(9);
  });
});

describe('copies of heads', () => {
  class Copies implements HeadCopies {
    readonly written = new Map<number, { text: string; signature: string }>();
    reads = 0;
    isThere = true;
    read = async (_: TenantId, number: number) => {
      this.reads += 1;
      return this.written.get(number);
    };
    write = async (_: TenantId, number: number, head: { text: string; signature: string }) => {
      if (!this.isThere || this.written.has(number)) {
        throw new Error('Blob Storage answered 409.');
      }
      this.written.set(number, head);
    };
  }

  it('are of all heads, though only the last ones are asked for', async () => {
    const trail = new Trail();
    const copies = new Copies();
    await days(trail, 4);
    const copying = { copies: copyingTo(copies, trail.store) };
    await trail.seal(copying);
    expect([...copies.written.keys()]).toEqual(trail.heads.map(({ number }) => number));
    copies.reads = 0;
    trail.write('busy');
    trail.pass(1);
    await trail.seal(copying);
    expect(copies.written.size).toBe(17);
    expect(copies.reads).toBe(2);
  });

  it('are made later when the place did not answer, and it is told', async () => {
    const trail = new Trail();
    const copies = new Copies();
    const copying = { copies: copyingTo(copies, trail.store) };
    copies.isThere = false;
    trail.write('busy');
    await trail.seal(copying);
    expect(trail.heads).toHaveLength(1);
    expect(trail.lines.map((line) => JSON.parse(line))).toMatchObject([
      { message: 'audit trail not passed on', to: 'copies', reason: 'Blob Storage answered 409.' },
    ]);
    copies.isThere = true;
    await trail.seal(copying);
    expect([...copies.written.keys()]).toEqual([1]);
  });

  it('tell of a head that was put in the place of another one', async () => {
    const trail = new Trail();
    const copies = new Copies();
    trail.write('busy');
    await trail.seal();
    copies.written.set(1, { text: 'another', signature: '' });
    await trail.seal({ copies: copyingTo(copies, trail.store) });
    expect(trail.lines.join('')).toContain('Head 1 is not the one that was copied.');
  });
});

describe('entries that are sent', () => {
  function sending(trail: Trail) {
    const state = { upTo: 0, isThere: true, events: [] as { metadata: { uid: string } }[] };
    const sink = {
      send: async (events: readonly object[]) => {
        if (!state.isThere) {
          throw new Error('The event hub answered 503.');
        }
        state.events.push(...(events as typeof state.events));
      },
    };
    const sent = {
      read: async () => state.upTo,
      write: async (_: TenantId, number: number) => {
        state.upTo = number;
      },
    };
    return { state, afterwards: { hub: sendingTo(sink, { audit: trail.audit, heads: trail.store, sent }) } };
  }

  it('are each sent once after they were sealed', async () => {
    const trail = new Trail();
    const { state, afterwards } = sending(trail);
    trail.write('slow');
    for (let hour = 0; hour < 4 * 24; hour += 6) {
      trail.write('busy');
      trail.pass(6);
      await trail.seal(afterwards);
    }
    trail.write('slow');
    await trail.seal(afterwards);
    const ids = state.events.map(({ metadata }) => metadata.uid);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toHaveLength(trail.kept.length);
  });

  it('are sent later when the hub did not answer', async () => {
    const trail = new Trail();
    const { state, afterwards } = sending(trail);
    state.isThere = false;
    trail.write('busy');
    await trail.seal(afterwards);
    trail.pass(5 * 24);
    trail.write('busy');
    await trail.seal(afterwards);
    expect(trail.lines.join('')).toContain('The event hub answered 503.');
    state.isThere = true;
    await trail.seal(afterwards);
    expect(state.events).toHaveLength(2);
  });
});
