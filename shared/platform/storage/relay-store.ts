import { randomUUID } from 'node:crypto';
import { odata } from '@azure/data-tables';
import { InvalidInput } from '../errors.ts';
import type { TenantId } from '../identity/tenant.ts';
import type { Storage } from './connect.ts';
import { ensured } from './ensured.ts';
import { eventKey, kindRange } from './keys.ts';
import { absentTableAs } from './marker.ts';
import { StaleWrite } from './stale-write.ts';
import { type Property, type StoredRow, type Table, transactionLimit } from './table.ts';
import { tableName } from './tables.ts';

/** Where a message waits: a topic of a session. Both hold letters, digits, `-` and `_` only. */
export interface Address {
  readonly session: string;
  readonly topic: string;
}

/** Passes messages of a session to the instance that waits for them, and remembers which sessions were ended. */
export interface RelayStore {
  /**
   * Leaves a message for whoever reads its topic; one round trip. What nobody takes is kept for ten minutes.
   * @throws InvalidInput when it is longer than {@link longestMessage}
   */
  publish(address: Address, message: unknown, at: Date): Promise<void>;
  /** Takes the messages of these topics, in the order they came. One round trip when there are none, else two. */
  take(session: string, topics: readonly string[]): Promise<unknown[]>;
  /** Ends a session on every instance; one round trip. */
  revoke(session: string, expires: Date): Promise<void>;
  /** One round trip. */
  isRevoked(session: string): Promise<boolean>;
  /** Removes what has expired; returns how many rows. For a timer, not for callers: it reads the whole table. */
  cleanUp(now: Date): Promise<number>;
}

/** Most UTF-16 units of a message as JSON; one property holds 32,768. */
export const longestMessage = 30_000;

const messageMilliseconds = 600_000;
const revocation = 'revoked';
const messages = kindRange('message');

export function relayStore(storage: Storage, tenant: TenantId): RelayStore {
  const unchecked = storage.table(tableName(tenant, 'Relay'));
  const table = ensured(unchecked);
  const put = async (session: string, rowKey: string, properties: Record<string, Property>) =>
    (await table()).transactRepeatable([{ upsert: { partitionKey: session, rowKey, properties } }]);
  return {
    async publish({ session, topic }, message, at) {
      const body = JSON.stringify(message);
      if (body.length > longestMessage) {
        throw new InvalidInput(`The message is too long; send at most ${longestMessage} characters.`);
      }
      await put(session, messageKey(at), {
        topic,
        body,
        expiresAt: expiry(at.getTime() + messageMilliseconds),
      });
    },
    async take(session, topics) {
      const filter = odata`PartitionKey eq ${session} and RowKey ge ${messages.from} and RowKey lt ${messages.below}`;
      const waiting = await (await table()).list(filter);
      const rows = waiting.filter((row) => topics.includes(String(row.properties.topic)));
      await remove(rows, await table());
      return rows.map((row) => JSON.parse(String(row.properties.body)));
    },
    revoke: (session, expires) => put(session, revocation, { expiresAt: expiry(expires.getTime()) }),
    async isRevoked(session) {
      return (await (await table()).get(session, revocation)) !== undefined;
    },
    async cleanUp(now) {
      const expired = await absentTableAs([], () =>
        unchecked.list(odata`expiresAt lt ${expiry(now.getTime())}`),
      );
      await remove(expired, unchecked);
      return expired.length;
    },
  };
}

/** The relay of each tenant, opened at its first use. */
export function relayStores(storage: Storage): (tenant: TenantId) => RelayStore {
  const opened = new Map<TenantId, RelayStore>();
  return (tenant) => {
    const store = opened.get(tenant) ?? relayStore(storage, tenant);
    opened.set(tenant, store);
    return store;
  };
}

let published = 0;

/** Ascends with time, and within a millisecond in the order in which this process published. */
function messageKey(at: Date): string {
  published += 1;
  return `${eventKey('message', at.toISOString(), published)}:${randomUUID()}`;
}

const expiry = (milliseconds: number): string => new Date(milliseconds).toISOString();

/** A row that is gone already was taken or removed by somebody else, or by a try whose answer was lost. */
async function remove(rows: readonly StoredRow[], table: Table): Promise<void> {
  for (const batch of batches(rows)) {
    const steps = batch.map(({ partitionKey, rowKey }) => ({ remove: { partitionKey, rowKey } }));
    await table.transactRepeatable(steps).catch((error: unknown) => {
      if (!(error instanceof StaleWrite)) throw error;
    });
  }
}

/** Rows come in the order of their keys, so those of one session are neighbours. */
function* batches(rows: readonly StoredRow[]): Generator<StoredRow[]> {
  let batch: StoredRow[] = [];
  for (const row of rows) {
    const other = batch.at(0)?.partitionKey !== row.partitionKey;
    if (batch.length > 0 && (other || batch.length === transactionLimit)) {
      yield batch;
      batch = [];
    }
    batch.push(row);
  }
  if (batch.length > 0) yield batch;
}
