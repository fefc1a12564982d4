import type { TableClient, TransactionAction } from '@azure/data-tables';
import type { Slots } from './slots.ts';
import { isStale, StaleWrite, translated } from './table-faults.ts';

/** A row of the task hub: everything in it is text. */
export interface Row {
  readonly partitionKey: string;
  readonly rowKey: string;
  readonly properties: Readonly<Record<string, string>>;
}

export type RowKeys = Pick<Row, 'partitionKey' | 'rowKey'>;

/** One step of a transaction. `replace` wants the row to be there, `insert` wants it not to be, `remove` as `replace`. */
export type Write =
  | { readonly insert: Row }
  | { readonly replace: Row }
  | { readonly upsert: Row }
  | { readonly remove: RowKeys };

/** Most steps of one transaction (Table Storage limit). */
export const TRANSACTION_STEPS = 100;
/** How long a request may take with its repetitions, in milliseconds. */
const DEADLINE = 10_000;

/**
 * One table of the task hub, to which only so many requests are sent at the same time: a hundred instances that move at once would
 * otherwise all wait in storage, and run into the time that a request may take.
 * Rejects with a StaleWrite, or with an Error whose message says that storage does not answer or what it answered.
 */
export class HubTable {
  readonly #client: TableClient;
  readonly #slots: Slots;

  constructor(client: TableClient, slots: Slots) {
    this.#client = client;
    this.#slots = slots;
  }

  /** Makes the table when it is not there. */
  async ensure(): Promise<void> {
    await this.#send((until) => this.#client.createTable(until));
  }

  async get(partitionKey: string, rowKey: string): Promise<Row | undefined> {
    try {
      return await this.#send(async (until) =>
        toRow(await this.#client.getEntity(partitionKey, rowKey, until)),
      );
    } catch (error) {
      if (error instanceof StaleWrite) {
        return undefined;
      }
      throw error;
    }
  }

  /** In key order. @param select names of properties; without it all of them */
  async list(filter: string, select?: readonly string[]): Promise<Row[]> {
    const rows: Row[] = [];
    const queryOptions = { filter, ...(select && { select: ['PartitionKey', 'RowKey', ...select] }) };
    let continuationToken: string | undefined;
    do {
      const page = await this.#send(async (until) => {
        const pages = this.#client.listEntities({ queryOptions, ...until });
        return (await pages.byPage({ ...(continuationToken && { continuationToken }) }).next()).value;
      });
      rows.push(...(page ?? []).map(toRow));
      continuationToken = page?.continuationToken;
    } while (continuationToken);
    return rows;
  }

  /** All or nothing, in one partition. */
  async transact(steps: readonly Write[]): Promise<void> {
    await this.#send((until) => this.#client.submitTransaction(steps.map(toAction), until));
  }

  async put({ properties, ...keys }: Row): Promise<void> {
    await this.#send((until) => this.#client.upsertEntity({ ...properties, ...keys }, 'Replace', until));
  }

  /** Rows of one partition that may be gone already. */
  async remove(partitionKey: string, rowKeys: readonly string[]): Promise<void> {
    for (let from = 0; from < rowKeys.length; from += TRANSACTION_STEPS) {
      const keys = rowKeys.slice(from, from + TRANSACTION_STEPS);
      if (await isStale(this.transact(keys.map((rowKey) => ({ remove: { partitionKey, rowKey } }))))) {
        // One that is gone keeps the others: then each for itself.
        await Promise.all(
          keys.map((rowKey) => isStale(this.transact([{ remove: { partitionKey, rowKey } }]))),
        );
      }
    }
  }

  async #send<T>(request: (until: { readonly abortSignal: AbortSignal }) => Promise<T>): Promise<T> {
    try {
      return await this.#slots.run(() => request({ abortSignal: AbortSignal.timeout(DEADLINE) }));
    } catch (error) {
      throw translated(error);
    }
  }
}

function toRow(entity: Record<string, unknown>): Row {
  const { partitionKey, rowKey, etag: _etag, timestamp: _timestamp, ...properties } = entity;
  return {
    partitionKey: String(partitionKey),
    rowKey: String(rowKey),
    properties: properties as Record<string, string>,
  };
}

function toAction(step: Write): TransactionAction {
  if ('insert' in step) {
    return ['create', entityOf(step.insert)];
  }
  if ('replace' in step) {
    return ['update', entityOf(step.replace), 'Replace'];
  }
  return 'upsert' in step ? ['upsert', entityOf(step.upsert), 'Replace'] : ['delete', { ...step.remove }];
}

function entityOf({ properties, ...keys }: Row) {
  return { ...properties, ...keys };
}
