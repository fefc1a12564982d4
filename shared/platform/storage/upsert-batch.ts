import { randomUUID } from 'node:crypto';
import type { TableClient, TransactionAction } from '@azure/data-tables';
import type { NewRow, Property } from './row.ts';

type Request = { readonly abortSignal?: object; readonly headers: { get(name: string): string | undefined } };

/**
 * Batches of rows whose body is made here. The library puts every row of a batch through a request of its own, which
 * costs more than everything else that is done for an entry of the audit trail. So it is handed one row, and the
 * request that it makes gets its body from here on the way out.
 */
export class RowBatches {
  /** What is under way, by the signal that it is sent with. */
  readonly #sent = new WeakMap<object, { readonly table: string; readonly rows: readonly NewRow[] }>();

  /** @param first of the rows, as the library takes it */
  async send(
    client: TableClient,
    first: TransactionAction[],
    rows: readonly NewRow[],
    deadline: { readonly abortSignal: AbortSignal },
  ): Promise<void> {
    const { url, tableName } = client;
    this.#sent.set(deadline.abortSignal, { table: `${url.replace(/\/$/, '')}/${tableName}`, rows });
    await client.submitTransaction(first, deadline);
  }

  /** The body that a request gets; undefined for one that is not of a batch from here. */
  bodyOf({ abortSignal, headers }: Request): string | undefined {
    const sent = abortSignal && this.#sent.get(abortSignal);
    return sent && upsertBatch(headers.get('Content-Type') ?? '', sent.table, sent.rows);
  }
}

/**
 * The body of an entity group transaction that writes each row whole, whether or not it is there (Azure Tables,
 * "Performing entity group transactions").
 * @param contentType of the request: it names the boundary
 * @param table address of the table
 */
function upsertBatch(contentType: string, table: string, rows: readonly NewRow[]): string {
  const batch = /boundary=(\S+)/.exec(contentType)?.[1];
  const changes = `changeset_${randomUUID()}`;
  const part = `\r\n--${changes}\r\ncontent-type: application/http\r\ncontent-transfer-encoding: binary\r\n\r\nPUT ${table}(PartitionKey='`;
  const head =
    "') HTTP/1.1\r\nContent-Type: application/json\r\nDataServiceVersion: 3.0\r\nAccept: application/json\r\n\r\n";
  const text = [`--${batch}\r\ncontent-type: multipart/mixed; boundary=${changes}\r\n`];
  for (const row of rows) {
    text.push(part, inAddress(row.partitionKey), "',RowKey='", inAddress(row.rowKey), head);
    addJson(text, row);
  }
  text.push(`\r\n--${changes}--\r\n--${batch}--\r\n`);
  return text.join('');
}

/** A quote inside of quotes is written twice (OData 3.0, URL conventions). */
function inAddress(key: string): string {
  return encodeURIComponent(key).replaceAll("'", "''");
}

/** In pieces: joining all of them at the end is cheaper than joining two at a time. */
function addJson(text: string[], { partitionKey, rowKey, properties }: NewRow): void {
  text.push('{"PartitionKey":', JSON.stringify(partitionKey), ',"RowKey":', JSON.stringify(rowKey));
  for (const name in properties) {
    text.push(',"', name, '":');
    addValue(text, name, properties[name] as Property);
  }
  text.push('}');
}

function addValue(text: string[], name: string, value: Property): void {
  switch (typeof value) {
    case 'bigint':
      text.push(`"${value}"`, ',"', name, '@odata.type":"Edm.Int64"');
      break;
    case 'object':
      text.push(JSON.stringify(value.value), ',"', name, '@odata.type":"Edm.Double"');
      break;
    default:
      text.push(JSON.stringify(value));
  }
}
