import type { NewRow, Properties, Property, StoredRow } from '#platform/storage/table';

/** What the library adds to a row, and no table of ours keeps: it is another one after a restore. */
const notKept = /^(?:timestamp|odata\..*)$/;

/** One row as a line of a back-up: keys, and values with the kind that Table Storage keeps them in. */
export function toLine({ partitionKey, rowKey, properties }: StoredRow): string {
  const values = Object.entries(properties)
    .filter(([name]) => !notKept.test(name))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => [name, toJson(name, value)]);
  return JSON.stringify([partitionKey, rowKey, Object.fromEntries(values)]);
}

/**
 * The row of a line.
 * @throws Error when it is no line of a back-up
 */
export function fromLine(line: string): NewRow {
  const [partitionKey, rowKey, values] = JSON.parse(line) as readonly [unknown, unknown, unknown];
  if (typeof partitionKey !== 'string' || typeof rowKey !== 'string' || typeof values !== 'object') {
    throw new Error('It is no line of a back-up.');
  }
  const properties: Properties = {};
  for (const [name, value] of Object.entries(values ?? {})) {
    properties[name] = fromJson(value);
  }
  return { partitionKey, rowKey, properties };
}

/** An Int64 is a text beside its kind, because JSON's numbers end at 2^53; every other number is a Double. */
function toJson(name: string, value: unknown): unknown {
  if (typeof value === 'bigint') {
    return { int64: String(value) };
  }
  if (typeof value === 'string' || typeof value === 'boolean' || typeof value === 'number') {
    return value;
  }
  throw new Error(`The property ${name} has a kind of value that a back-up cannot hold.`);
}

function fromJson(value: unknown): Property {
  if (typeof value === 'string' || typeof value === 'boolean') {
    return value;
  }
  if (typeof value === 'number') {
    return { type: 'Double', value };
  }
  return BigInt((value as { readonly int64: string }).int64);
}
