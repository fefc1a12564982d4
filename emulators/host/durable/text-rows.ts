import type { Row } from './hub-table.ts';
import { TRANSACTION_LIMIT, TurnTooLargeError } from './limits.ts';

/**
 * Long text in rows: Table Storage takes 32,768 characters (64 KiB of UTF-16) in a property and 1 MiB in a row, and Azurite 1 MiB in a
 * row's JSON. So text is cut into properties `t00`, `t01`, … and continues in rows `<key>:p1`, `<key>:p2`, … when one row is full.
 */
const PROPERTY_LENGTH = 32_000;
const PROPERTIES_PER_ROW = 15;
const BYTES_PER_ROW = 900 * 1024;

/**
 * @param text JSON
 * @param version tells apart what was written at different times under the same keys
 * @param extra more properties for the first row
 */
export function textRows(
  partitionKey: string,
  rowKey: string,
  text: string,
  { version = 0, extra = {} }: { readonly version?: number; readonly extra?: Row['properties'] } = {},
): Row[] {
  const pages = intoPages(cut(text));
  return pages.map((parts, page) => ({
    partitionKey,
    rowKey: pageKey(rowKey, page),
    properties: {
      ...(page === 0 && extra),
      pages: String(pages.length),
      version: String(version),
      ...Object.fromEntries(parts.map((part, index) => [propertyName(index), part])),
    },
  }));
}

/** JSON without raw U+2028 and U+2029: Azurite reads a transaction line by line and takes them for line ends. */
export function jsonText(value: unknown): string {
  return JSON.stringify(value).replace(/[\u2028\u2029]/g, (separator) =>
    separator === '\u2028' ? '\\u2028' : '\\u2029',
  );
}

/** Throws a TurnTooLargeError when the rows do not fit into one transaction. */
export function refuseTooLarge(rows: readonly Row[]): void {
  const bytes = Buffer.byteLength(JSON.stringify(rows));
  if (bytes > TRANSACTION_LIMIT) {
    throw new TurnTooLargeError(bytes);
  }
}

/** The text of the rows of one key, first page first; undefined when they are not all of one version. */
export function textOf(rows: readonly Row[]): string | undefined {
  const [first] = rows;
  if (!first || rows.length !== pageCount(first)) {
    return undefined;
  }
  if (rows.some(({ properties }) => properties.version !== first.properties.version)) {
    return undefined;
  }
  return rows.map(({ properties }) => rowText(properties)).join('');
}

export function pageCount({ properties }: Row): number {
  return Number(properties.pages);
}

export function pageKey(rowKey: string, page: number): string {
  return page === 0 ? rowKey : `${rowKey}:p${page}`;
}

/** Rows in key order, put together by the key that their pages belong to; pages come after their first row. */
export function groupPages(rows: readonly Row[]): Row[][] {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const key = row.rowKey.replace(/:p\d+$/, '');
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  const pageOf = ({ rowKey }: Row) => Number(/:p(\d+)$/.exec(rowKey)?.[1] ?? 0);
  return [...groups.values()].map((group) => group.sort((a, b) => pageOf(a) - pageOf(b)));
}

function rowText(properties: Row['properties']): string {
  let text = '';
  for (let index = 0; ; index += 1) {
    const part = properties[propertyName(index)];
    if (typeof part !== 'string') {
      return text;
    }
    text += part;
  }
}

function propertyName(index: number): string {
  return `t${String(index).padStart(2, '0')}`;
}

function intoPages(parts: readonly string[]): string[][] {
  let page: string[] = [];
  let bytes = 0;
  const pages = [page];
  for (const part of parts) {
    const size = Buffer.byteLength(JSON.stringify(part));
    if (page.length === PROPERTIES_PER_ROW || bytes + size > BYTES_PER_ROW) {
      page = [];
      bytes = 0;
      pages.push(page);
    }
    page.push(part);
    bytes += size;
  }
  return pages;
}

function cut(text: string): string[] {
  const parts: string[] = [];
  for (let from = 0; from < text.length; ) {
    let to = Math.min(from + PROPERTY_LENGTH, text.length);
    // A surrogate pair that is cut in two cannot be sent as UTF-8.
    if (to < text.length && isHighSurrogate(text.charCodeAt(to - 1))) {
      to -= 1;
    }
    parts.push(text.slice(from, to));
    from = to;
  }
  return parts;
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd8_00 && unit <= 0xdb_ff;
}
