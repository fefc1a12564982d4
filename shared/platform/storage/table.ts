import type { TableClient, TableEntity, TransactionAction } from '@azure/data-tables';
import { isMissing, translateFault } from './faults.ts';

/** Values that Table Storage keeps as they are: bigint as Int64, doubles marked so that 12 does not turn into Int32. */
export type Property = string | boolean | bigint | { readonly type: 'Double'; readonly value: number };
export type Properties = Record<string, Property>;

export interface RowKeys {
  readonly partitionKey: string;
  readonly rowKey: string;
}

/** A row to write. */
export interface NewRow extends RowKeys {
  readonly properties: Properties;
}

/** A row as it was read. */
export interface StoredRow extends RowKeys {
  readonly etag: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** One step of an entity group transaction. */
export type Write =
  | { readonly insert: NewRow }
  | { readonly replace: NewRow; readonly etag: string }
  | { readonly upsert: NewRow }
  | { readonly remove: RowKeys };

export interface Query {
  /** An OData filter made with the library's `odata` tag; none matches every row. */
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
const patience = { caller: 6_000, loader: 30_000 } as const;

type Deadline = { readonly abortSignal: AbortSignal };

/**
 * One table: the few requests that the product makes, each with a deadline and with failures in the product's terms.
 * Every method throws Unavailable when storage does not answer in time.
 */
export class Table {
  readonly #retrying: TableClient;
  readonly #once: TableClient;

  /** `retrying` repeats a request that failed on the way; `once` never does, because the change may have been made. */
  constructor(retrying: TableClient, once: TableClient) {
    this.#retrying = retrying;
    this.#once = once;
  }

  /** One round trip. */
  async get(partitionKey: string, rowKey: string): Promise<StoredRow | undefined> {
    return await request('read', patience.caller, async (deadline) => {
      try {
        return toStoredRow(await this.#retrying.getEntity(partitionKey, rowKey, deadline));
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
    do {
      const page = await request('read', patience.caller, async (deadline) => {
        const pages = this.#retrying.listEntities({ queryOptions, ...deadline });
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
   * One entity group transaction of 1 to 100 steps in one partition: all happen or none. One round trip, never repeated.
   * @throws StaleWrite when a row changed since it was read or exists already
   */
  async transact(steps: readonly Write[]): Promise<void> {
    await request('write', patience.caller, (deadline) =>
      this.#once.submitTransaction(steps.map(toAction), deadline),
    );
  }

  /** Like `transact`, for steps that may be repeated without harm: upserts and removals. For loaders. */
  async transactRepeatable(steps: readonly Write[]): Promise<void> {
    await request('write', patience.loader, (deadline) =>
      this.#retrying.submitTransaction(steps.map(toAction), deadline),
    );
  }

  /** Creates the table if it does not exist. */
  async ensure(): Promise<void> {
    await request('write', patience.loader, (deadline) => this.#retrying.createTable(deadline));
  }
}

/** Runs one request under a deadline. */
export async function request<T>(
  kind: 'read' | 'write',
  milliseconds: number,
  send: (deadline: Deadline) => Promise<T>,
): Promise<T> {
  try {
    return await send({ abortSignal: AbortSignal.timeout(milliseconds) });
  } catch (error) {
    throw translateFault(error, kind);
  }
}

function toStoredRow(entity: Record<string, unknown>): StoredRow {
  const { partitionKey, rowKey, etag, ...properties } = entity;
  return { partitionKey: String(partitionKey), rowKey: String(rowKey), etag: String(etag), properties };
}

function toEntity({ partitionKey, rowKey, properties }: NewRow): TableEntity {
  return { ...properties, partitionKey, rowKey };
}

function toAction(step: Write): TransactionAction {
  if ('insert' in step) {
    return ['create', toEntity(step.insert)];
  }
  if ('replace' in step) {
    return ['update', toEntity(step.replace), 'Replace', { etag: step.etag }];
  }
  return 'upsert' in step ? ['upsert', toEntity(step.upsert), 'Replace'] : ['delete', { ...step.remove }];
}
