import type { TableClient, TableEntity, TransactionAction } from '@azure/data-tables';
import { isMissing, translateFault } from './faults.ts';
import { certainWrite, newWriteId } from './lost-answer.ts';
import type { NewRow, RowKeys } from './row.ts';
import { StaleWrite } from './stale-write.ts';
import type { RowBatches } from './upsert-batch.ts';

export type { NewRow, Properties, Property, RowKeys } from './row.ts';

/** A row as it was read. */
export interface StoredRow extends RowKeys {
  readonly etag: string;
  readonly properties: Readonly<Record<string, unknown>>;
  /** Which transaction wrote it; undefined when it may have been any. */
  readonly writeId?: string | undefined;
}

/** One step of an entity group transaction. */
export type Write =
  | { readonly insert: NewRow }
  | { readonly replace: NewRow; readonly etag: string }
  | { readonly upsert: NewRow }
  | { readonly remove: RowKeys };

export interface Query {
  /** An OData filter made with the `odata` tag; none matches every row. */
  readonly filter?: string;
  /** Names of the properties to return; none returns all. */
  readonly select?: string[];
  /** Rows per round trip, 1 to 1000 (the default). */
  readonly pageSize?: number;
}

export interface Page {
  readonly rows: StoredRow[];
  /** Whether the table holds rows of the same query after these. */
  readonly more: boolean;
}

/** Most operations of one entity group transaction (Table Storage limit). */
export const transactionLimit = 100;
/** Most rows of one answer (Table Storage limit). */
export const pageLimit = 1000;

/** Longest wait in milliseconds, retries included: a caller waits for the first, a loader for the second. */
const timeoutMs = { caller: 6_000, loader: 30_000 } as const;

/** The library's clients of one table. */
export interface TableClients {
  /** Repeats a request that failed on the way. */
  readonly retrying: TableClient;
  /** Never does, because the change may have been made. */
  readonly once: TableClient;
}

type Deadline = { readonly abortSignal: AbortSignal };

/**
 * One table: the few requests that the product makes, each with a deadline and with failures in the product's terms.
 * Every method throws Unavailable when storage does not answer in time.
 */
export class Table {
  readonly #clients: () => Promise<TableClients>;
  readonly #batches: RowBatches | undefined;
  readonly #callerMs: number;

  /**
   * @param clients asked before each request, so that the library can be loaded when the first one is made, and no deadline
   *   counts the time for that
   * @param batches of the requests of the client that retries
   * @param callerMs longest wait of whoever is no loader, in milliseconds
   */
  constructor(
    clients: () => Promise<TableClients>,
    batches?: RowBatches,
    callerMs: number = timeoutMs.caller,
  ) {
    this.#clients = clients;
    this.#batches = batches;
    this.#callerMs = callerMs;
  }

  /** One round trip. */
  async get(partitionKey: string, rowKey: string): Promise<StoredRow | undefined> {
    const { retrying } = await this.#clients();
    return await request('read', this.#callerMs, async (deadline) => {
      try {
        return toStoredRow(await retrying.getEntity(partitionKey, rowKey, deadline));
      } catch (error) {
        if (isMissing(error, 'record')) {
          return undefined;
        }
        throw error;
      }
    });
  }

  /** The rows that a query matches, in key order; one round trip a page. */
  async *pages(query: Query): AsyncGenerator<Page, void, undefined> {
    const { pageSize, ...queryOptions } = query;
    let position: { continuationToken?: string } = {};
    let more: boolean;
    const { retrying } = await this.#clients();
    do {
      const page = await request('read', this.#callerMs, async (deadline) => {
        const pages = retrying.listEntities({ queryOptions, ...deadline });
        return (await pages.byPage({ maxPageSize: pageSize ?? pageLimit, ...position }).next()).value;
      });
      more = page?.continuationToken !== undefined;
      position = { continuationToken: page?.continuationToken };
      yield { rows: (page ?? []).map(toStoredRow), more };
    } while (more);
  }

  /** Every row that `filter` matches, in key order; one round trip per thousand. */
  async list(filter: string): Promise<StoredRow[]> {
    const rows: StoredRow[] = [];
    for await (const page of this.pages({ filter })) {
      rows.push(...page.rows);
    }
    return rows;
  }

  /**
   * One entity group transaction of 1 to 100 steps in one partition: all happen or none, and never twice. One round trip.
   * When the answer is lost, it finds out whether the change was made and makes it if it was not.
   * @throws StaleWrite when a row changed since it was read or exists already
   * @throws PerhapsWritten when that cannot be found out
   */
  async transact(steps: readonly Write[]): Promise<void> {
    const { once } = await this.#clients();
    const writeId = newWriteId();
    const actions = steps.map((step) => toAction(step, writeId));
    await certainWrite({
      milliseconds: this.#callerMs,
      send: (milliseconds) =>
        request('write', milliseconds, (deadline) => once.submitTransaction(actions, deadline)),
      wasMade: () => this.#wasMade(steps, writeId),
    });
  }

  /** What is written bears the transaction's id; of one that only removes, the rows are gone. */
  async #wasMade(steps: readonly Write[], writeId: string): Promise<boolean> {
    const written = steps.filter((step) => !('remove' in step));
    for (const step of written.length > 0 ? written : steps.slice(0, 1)) {
      const { partitionKey, rowKey } = keysOf(step);
      const stored = await this.get(partitionKey, rowKey);
      if ('remove' in step ? stored === undefined : stored?.writeId === writeId) {
        return true;
      }
    }
    return false;
  }

  /**
   * Like `transact`, for steps that may be repeated without harm: upserts, and removals of rows that may be gone already.
   * For loaders.
   */
  async transactRepeatable(steps: readonly Write[]): Promise<void> {
    const { retrying } = await this.#clients();
    let left = steps;
    while (left.length > 0) {
      try {
        const actions = left.map((step) => toAction(step, undefined));
        await request('write', timeoutMs.loader, (deadline) => retrying.submitTransaction(actions, deadline));
        return;
      } catch (error) {
        // One missing row fails all steps. Nothing else can be stale here, so every turn has fewer steps.
        const present = error instanceof StaleWrite ? await this.#withoutRemoved(left) : left;
        if (present.length === left.length) {
          throw error;
        }
        left = present;
      }
    }
  }

  async #withoutRemoved(steps: readonly Write[]): Promise<Write[]> {
    const present: Write[] = [];
    for (const step of steps) {
      const { partitionKey, rowKey } = keysOf(step);
      if (!('remove' in step) || (await this.get(partitionKey, rowKey)) !== undefined) {
        present.push(step);
      }
    }
    return present;
  }

  /** Writes 1 to 100 rows of one partition whole, all or none; may be repeated without harm. One round trip. */
  async upsertAll(rows: readonly NewRow[]): Promise<void> {
    const batches = this.#batches;
    if (batches === undefined) {
      return await this.transactRepeatable(rows.map((upsert) => ({ upsert })));
    }
    const { retrying } = await this.#clients();
    const first = rows.slice(0, 1).map((upsert) => toAction({ upsert }, undefined));
    await request('write', timeoutMs.loader, (deadline) => batches.send(retrying, first, rows, deadline));
  }

  /** Creates the table if it does not exist. */
  async ensure(): Promise<void> {
    const { retrying } = await this.#clients();
    await request('write', timeoutMs.loader, (deadline) => retrying.createTable(deadline));
  }
}

/**
 * Runs one request under a deadline. The timer ends with it: one of `AbortSignal.timeout` would stay until its time is over,
 * and with it what the library hangs on the signal.
 */
export async function request<T>(
  kind: 'read' | 'write',
  milliseconds: number,
  send: (deadline: Deadline) => Promise<T>,
): Promise<T> {
  const late = new AbortController();
  const timer = setTimeout(
    () => late.abort(new DOMException('Storage did not answer in time.', 'TimeoutError')),
    milliseconds,
  ).unref();
  try {
    return await send({ abortSignal: late.signal });
  } catch (error) {
    throw translateFault(error, kind);
  } finally {
    clearTimeout(timer);
  }
}

/** Not a name that a record's property can have. */
const writeIdProperty = 'write_id__';

function toStoredRow(entity: Record<string, unknown>): StoredRow {
  const { partitionKey, rowKey, etag, [writeIdProperty]: writeId, ...properties } = entity;
  return {
    partitionKey: String(partitionKey),
    rowKey: String(rowKey),
    etag: String(etag),
    properties,
    writeId: typeof writeId === 'string' ? writeId : undefined,
  };
}

function toEntity({ partitionKey, rowKey, properties }: NewRow, writeId: string | undefined): TableEntity {
  return {
    ...properties,
    ...(writeId !== undefined && { [writeIdProperty]: writeId }),
    partitionKey,
    rowKey,
  };
}

function keysOf(step: Write): RowKeys {
  if ('insert' in step) {
    return step.insert;
  }
  if ('replace' in step) {
    return step.replace;
  }
  return 'upsert' in step ? step.upsert : step.remove;
}

function toAction(step: Write, writeId: string | undefined): TransactionAction {
  if ('insert' in step) {
    return ['create', toEntity(step.insert, writeId)];
  }
  if ('replace' in step) {
    return ['update', toEntity(step.replace, writeId), 'Replace', { etag: step.etag }];
  }
  return 'upsert' in step
    ? ['upsert', toEntity(step.upsert, writeId), 'Replace']
    : ['delete', { ...step.remove }];
}
