import { randomBytes } from 'node:crypto';
import { millisecondsPerDay, millisecondsPerHour } from '../dates.ts';
import { Conflict, NotFound, Unavailable } from '../errors.ts';
import type { TenantId } from '../identity/tenant.ts';
import type { Storage } from '../storage/connect.ts';
import { ensured } from '../storage/ensured.ts';
import { isMissing } from '../storage/faults.ts';
import { odata } from '../storage/odata.ts';
import { removeExpired } from '../storage/remove-rows.ts';
import { StaleWrite } from '../storage/stale-write.ts';
import type { StoredRow, Table } from '../storage/table.ts';
import { tableName } from '../storage/tables.ts';
import { chunkKeys, chunkRows, headRow, partitionOf, readChunks } from './conversation-rows.ts';
import type { Conversation, ConversationStore, StoredConversation } from './ports.ts';

/** Bytes of an id; more than can be guessed. */
const idBytes = 24;
const idPattern = /^[A-Za-z0-9_-]{32}$/;
const defaultLifetime = millisecondsPerDay;

export interface ConversationsOptions {
  readonly storage: Storage;
  readonly tenant: TenantId;
  readonly now: () => Date;
  /** Milliseconds after its last answer until a conversation is forgotten; a day when left out. */
  readonly lifetime?: number;
}

/** The conversations of a tenant. Nothing here can list them. */
export interface Conversations {
  /** @param user `tid:oid` of the caller's token; another user's conversations do not exist for this one */
  of(user: string): ConversationStore;
  /** Deletes what has expired; returns the number of rows. For a timer. */
  removeExpired(enough?: AbortSignal): Promise<number>;
}

/** An answer that is under way may still save its conversation: what expired a moment ago is left alone. */
const grace = millisecondsPerHour;

/** Open it once per process and tenant. */
export function openConversations({
  storage,
  tenant,
  now,
  lifetime = defaultLifetime,
}: ConversationsOptions): Conversations {
  const plain = storage.table(tableName(tenant, 'Conversations'));
  const table = ensured(plain);
  const expiry = () => new Date(now().getTime() + lifetime).toISOString();
  return {
    of(user) {
      const partition = partitionOf(user);
      return {
        load: (id) => load(plain, partition, id, now().toISOString()),
        create: async (conversation) => create(await table(), partition, conversation, expiry()),
        save: async (stored, conversation) => save(await table(), partition, stored, conversation, expiry()),
      };
    },
    removeExpired: async (enough) =>
      removeExpired(await table(), new Date(now().getTime() - grace).toISOString(), enough),
  };
}

async function load(table: Table, partition: string, id: string, now: string): Promise<StoredConversation> {
  if (!idPattern.test(id)) {
    throw unknownConversation();
  }
  // `;` is the character after `:`, with which every row key of the conversation goes on.
  const filter = odata`PartitionKey eq ${partition} and RowKey gt ${`${id}:`} and RowKey lt ${`${id};`}`;
  const rows = await rowsOf(table, filter);
  const head = rows.find(({ rowKey }) => rowKey === `${id}:head`);
  if (head === undefined || String(head.properties.expiresAt) <= now) {
    throw unknownConversation();
  }
  const chunks = rows.filter((row) => row !== head);
  return { id, conversation: readChunks(chunks), etag: head.etag, chunks: chunks.length };
}

async function create(
  table: Table,
  partition: string,
  conversation: Conversation,
  expiresAt: string,
): Promise<string> {
  const id = randomBytes(idBytes).toString('base64url');
  const chunks = chunkRows(partition, id, conversation, expiresAt);
  await table.transact([headRow(partition, id, expiresAt), ...chunks].map((insert) => ({ insert })));
  return id;
}

async function save(
  table: Table,
  partition: string,
  { id, etag, chunks: stored }: StoredConversation,
  conversation: Conversation,
  expiresAt: string,
): Promise<void> {
  const chunks = chunkRows(partition, id, conversation, expiresAt);
  const surplus = Array.from({ length: Math.max(0, stored - chunks.length) }, (_, place) =>
    chunkKeys(partition, id, chunks.length + place),
  );
  try {
    await table.transact([
      { replace: headRow(partition, id, expiresAt), etag },
      ...chunks.map((upsert) => ({ upsert })),
      ...surplus.map((remove) => ({ remove })),
    ]);
  } catch (error) {
    if (!(error instanceof StaleWrite)) {
      throw error;
    }
    throw new Conflict(
      'Another question of this conversation was answered at the same time; ask one after the other.',
      { cause: error },
    );
  }
}

/** Before the first conversation there is no table, and nothing in it. */
async function rowsOf(table: Table, filter: string): Promise<StoredRow[]> {
  try {
    return await table.list(filter);
  } catch (error) {
    if (error instanceof Unavailable && isMissing(error.cause, 'table')) {
      return [];
    }
    throw error;
  }
}

/** The same sentence for every reason, so that nobody learns whether such a conversation exists. */
function unknownConversation(): NotFound {
  return new NotFound(
    'There is no such conversation, or it has expired; ask again without conversation_id to start a new one.',
  );
}
