import { RestError, type TableClient, type TransactionAction } from '@azure/data-tables';
import { noteRoundTrip } from '#platform/storage/round-trips';
import type { Properties, Property } from '#platform/storage/table';
import { type FilteredRow, parseFilter } from './filter.ts';
import { Rows } from './rows.ts';

/** What was asked of the store. */
export interface Use {
  /** Rows that were looked at to answer, whether they matched or not. */
  rowsRead: number;
}

type Entity = Record<string, unknown> & { partitionKey: string; rowKey: string };

/** A table in memory that answers as the library's client for Table Storage does, as far as the product uses it. */
export class MemoryClient {
  readonly partitions = new Map<string, Rows>();
  /** Whether only some of the partitions are there that it stands for: a query across partitions fails then. */
  isPart = false;
  readonly #use: Use;
  #etags = 0;

  constructor(use: Use) {
    this.#use = use;
  }

  /** As the product's table takes it. */
  get asClient(): TableClient {
    return this as unknown as TableClient;
  }

  partition(key: string): Rows {
    const rows = this.partitions.get(key) ?? new Rows();
    this.partitions.set(key, rows);
    return rows;
  }

  async createTable(): Promise<void> {
    noteRoundTrip();
  }

  async getEntity(partitionKey: string, rowKey: string): Promise<Entity & { etag: string }> {
    noteRoundTrip();
    this.#use.rowsRead += 1;
    const row = this.partitions.get(partitionKey)?.get(rowKey);
    if (row === undefined) {
      throw fault(404, 'ResourceNotFound');
    }
    return { ...asRead(row.properties), partitionKey, rowKey, etag: row.etag };
  }

  listEntities({ queryOptions }: { queryOptions?: { filter?: string } }) {
    return {
      byPage: ({ maxPageSize = 1_000, continuationToken = '' }) => ({
        next: async () => {
          noteRoundTrip();
          return { value: this.#page(queryOptions?.filter ?? '', maxPageSize, continuationToken) };
        },
      }),
    };
  }

  async submitTransaction(actions: readonly TransactionAction[]): Promise<void> {
    noteRoundTrip();
    for (const [kind, entity, , options] of actions as readonly [
      string,
      Entity,
      string?,
      { etag: string }?,
    ][]) {
      const stored = this.partition(entity.partitionKey).get(entity.rowKey);
      if (kind === 'create' && stored !== undefined) {
        throw fault(409, 'EntityAlreadyExists');
      }
      if ((kind === 'update' || kind === 'delete') && stored === undefined) {
        throw fault(404, 'ResourceNotFound');
      }
      if (kind === 'update' && stored?.etag !== options?.etag) {
        throw fault(412, 'UpdateConditionNotSatisfied');
      }
    }
    for (const [kind, { partitionKey, rowKey, ...properties }] of actions as readonly [string, Entity][]) {
      if (kind === 'delete') {
        this.partition(partitionKey).delete(rowKey);
      } else {
        this.#etags += 1;
        const etag = String(this.#etags);
        this.partition(partitionKey).set(rowKey, { etag, properties: properties as Properties });
      }
    }
  }

  /** @param from where a page before this one ended: `PartitionKey RowKey` */
  #page(text: string, most: number, from: string): Entity[] & { continuationToken?: string } {
    const filter = parseFilter(text);
    const page: Entity[] & { continuationToken?: string } = [];
    const [atPartition, atRow] = from.split(' ');
    for (const partitionKey of this.#keysWithin(filter.partition.from, filter.partition.to)) {
      const rows = this.partition(partitionKey);
      if (from !== '' && partitionKey < (atPartition as string)) {
        continue;
      }
      const first = partitionKey === atPartition ? (atRow as string) : filter.row.from;
      for (let place = rows.placeOf(first); place < rows.keys.length; place += 1) {
        const rowKey = rows.keys[place] as string;
        if (filter.row.to !== undefined && rowKey > filter.row.to) {
          break;
        }
        if (page.length === most) {
          page.continuationToken = `${partitionKey} ${rowKey}`;
          return page;
        }
        const row = rows.get(rowKey);
        this.#use.rowsRead += 1;
        const seen: FilteredRow = { ...row?.properties, PartitionKey: partitionKey, RowKey: rowKey };
        if (filter.matches(seen)) {
          page.push({ ...asRead(row?.properties ?? {}), partitionKey, rowKey, etag: row?.etag });
        }
      }
    }
    return page;
  }

  #keysWithin(from: string, to: string | undefined): string[] {
    if (from === to) {
      return this.partitions.has(from) ? [from] : [];
    }
    if (this.isPart) {
      throw new Error(
        `A query across partitions, which takes longer with everything that is added: ${from}.`,
      );
    }
    return [...this.partitions.keys()].filter((key) => key >= from && (to === undefined || key <= to)).sort();
  }
}

/** Values as the library reads them. */
function asRead(properties: Properties): Record<string, unknown> {
  const read = (value: Property) => (typeof value === 'object' ? value.value : value);
  return Object.fromEntries(Object.entries(properties).map(([name, value]) => [name, read(value)]));
}

function fault(statusCode: number, code: string): RestError {
  return new RestError(code, { statusCode, code });
}
