import { InvalidInput } from '../errors.ts';
import type { TenantId } from '../identity/tenant.ts';
import type { Storage } from './connect.ts';
import { ensured } from './ensured.ts';
import { absentTableAs } from './marker.ts';
import { odata } from './odata.ts';
import { removeExpired, removeRows } from './remove-rows.ts';
import { StaleWrite } from './stale-write.ts';
import type { Property, RowKeys } from './table.ts';
import { tableName } from './tables.ts';

/**
 * A request that is running, and can be reached from every instance. Both names hold letters, digits, `-` and `_` only.
 * Names of streams that begin alike belong to requests of the same id.
 */
export interface Inbox {
  readonly session: string;
  readonly stream: string;
}

/** What came for a running request since the last look. */
export interface Delivery {
  /** In the order of their slots. */
  readonly messages: readonly unknown[];
  readonly cancelled: boolean;
}

/**
 * Passes messages of a session to the instance that waits for them, and remembers which sessions were ended. A
 * message is kept only while the request that it is for runs, and only one in each slot, so that clients cannot make
 * storage grow, and one query reads what is for one request.
 */
export interface SessionMailbox {
  /** From now on the request can be reached; one round trip. Repeating it changes nothing. */
  open(inbox: Inbox, at: Date): Promise<void>;
  /** The request is over; forgets it and what came for it. Two round trips, or three. */
  close(inbox: Inbox): Promise<void>;
  /**
   * Leaves a message for a running request, in the place of what is in the slot; one round trip.
   * @param slot a whole number; there are {@link mostSlots}, which are used in turn
   * @returns false when no such request runs: then nothing is kept
   * @throws InvalidInput when it is longer than {@link longestMessage}
   */
  post(inbox: Inbox, slot: number, message: unknown, at: Date): Promise<boolean>;
  /**
   * Tells the running requests whose streams' names begin so that they were cancelled. One round trip, and one more for
   * each of them, ten at most.
   * @returns false when there is none: then nothing is kept
   */
  cancel(session: string, streamsBeginning: string, at: Date): Promise<boolean>;
  /** Takes what came for a request. One round trip when there is nothing, else two. */
  take(inbox: Inbox): Promise<Delivery>;
  /** Ends a session on every instance; one round trip. */
  revoke(session: string, expires: Date): Promise<void>;
  /** One round trip. */
  isRevoked(session: string): Promise<boolean>;
  /** Removes what has expired; returns how many rows. For a timer, not for callers: it reads the whole table. */
  cleanUp(now: Date, enough?: AbortSignal): Promise<number>;
}

/** Most UTF-16 units of a message as JSON; one property holds 32,768. */
export const longestMessage = 30_000;
/** Messages that can wait for one request. */
export const mostSlots = 16;

/** Longer than any request runs. What a process that died left behind is cleaned up then. */
const requestMilliseconds = 600_000;
const revocation = 'revoked';
const cancellation = 'cancelled';
/** Most running requests with one id that a cancellation reaches; clients use an id once. */
const mostOfOneId = 10;

export function sessionMailbox(storage: Storage, tenant: TenantId): SessionMailbox {
  const unchecked = storage.table(tableName(tenant, 'Relay'));
  const table = ensured(unchecked);
  const put = async (session: string, rowKey: string, properties: Record<string, Property>) =>
    (await table()).transactRepeatable([{ upsert: { partitionKey: session, rowKey, properties } }]);
  /** Together with the row of the request, which has to be there. */
  const leave = async (inbox: Inbox, slot: string, body: string, at: Date): Promise<boolean> => {
    const expiresAt = expiry(at.getTime() + requestMilliseconds);
    const [request, message] = [rowOf(inbox), rowOf(inbox, slot)];
    return ifPresent(
      (await table()).transactRepeatable([
        { replace: { ...request, properties: { expiresAt } }, etag: '*' },
        { upsert: { ...message, properties: { body, expiresAt } } },
      ]),
    );
  };
  return {
    open: (inbox, at) =>
      put(inbox.session, rowOf(inbox).rowKey, { expiresAt: expiry(at.getTime() + requestMilliseconds) }),
    async close(inbox) {
      await removeRows([rowOf(inbox)], await table());
      // what came at the last moment; with the request's row gone nothing can come any more
      await removeRows(await (await table()).list(waitingFor(inbox)), await table());
    },
    async post(inbox, slot, message, at) {
      const body = JSON.stringify(message);
      if (body.length > longestMessage) {
        throw new InvalidInput(`The message is too long; send at most ${longestMessage} characters.`);
      }
      return leave(inbox, String(slot % mostSlots).padStart(2, '0'), body, at);
    },
    async cancel(session, streamsBeginning, at) {
      const [from, below] = [`${runs}${streamsBeginning}`, `${runs}${streamsBeginning}~`];
      const filter = odata`PartitionKey eq ${session} and RowKey ge ${from} and RowKey lt ${below}`;
      const first = (await table()).pages({ filter, pageSize: mostOfOneId * (mostSlots + 2) });
      const { rows } = (await first.next()).value ?? { rows: [] };
      const streams = rows
        .map(({ rowKey }) => rowKey.slice(runs.length))
        .filter((name) => !name.includes(':'));
      const told = streams
        .slice(0, mostOfOneId)
        .map((stream) => leave({ session, stream }, cancellation, 'true', at));
      return (await Promise.all(told)).includes(true);
    },
    async take(inbox) {
      const rows = await (await table()).list(waitingFor(inbox));
      await removeRows(rows, await table());
      const cancelled = rows.some(({ rowKey }) => rowKey.endsWith(`:${cancellation}`));
      const messages = rows.filter(({ rowKey }) => !rowKey.endsWith(`:${cancellation}`));
      return { cancelled, messages: messages.map((row) => JSON.parse(String(row.properties.body))) };
    },
    revoke: (session, expires) => put(session, revocation, { expiresAt: expiry(expires.getTime()) }),
    async isRevoked(session) {
      return (await (await table()).get(session, revocation)) !== undefined;
    },
    cleanUp: (now, enough) => absentTableAs(0, () => removeExpired(unchecked, expiry(now.getTime()), enough)),
  };
}

/** The session mailbox of each tenant, opened at its first use. */
export function sessionMailboxes(storage: Storage): (tenant: TenantId) => SessionMailbox {
  const opened = new Map<TenantId, SessionMailbox>();
  return (tenant) => {
    const store = opened.get(tenant) ?? sessionMailbox(storage, tenant);
    opened.set(tenant, store);
    return store;
  };
}

/** Begins the row keys of running requests; after the stream's name come the slots. */
const runs = 'run:';

function rowOf({ session, stream }: Inbox, slot?: string): RowKeys {
  return { partitionKey: session, rowKey: `${runs}${stream}${slot === undefined ? '' : `:${slot}`}` };
}

/** The messages for a request, without the row of the request itself. */
function waitingFor(inbox: Inbox): string {
  const { partitionKey, rowKey } = rowOf(inbox);
  // `;` is the character after `:`.
  return odata`PartitionKey eq ${partitionKey} and RowKey ge ${`${rowKey}:`} and RowKey lt ${`${rowKey};`}`;
}

/** False when the row that a write is about is not there. */
async function ifPresent(write: Promise<void>): Promise<boolean> {
  try {
    await write;
    return true;
  } catch (error) {
    if (error instanceof StaleWrite) {
      return false;
    }
    throw error;
  }
}

const expiry = (milliseconds: number): string => new Date(milliseconds).toISOString();
