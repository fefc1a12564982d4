import { groupBy } from '#platform/group-by';
import type { NewRow, Properties, StoredRow } from '#platform/storage/table';

/** Table Storage takes 64 KiB of UTF-16 in a property: longer text goes on in the rows `<key>:p01`, `<key>:p02`, … */
const CHARACTERS_PER_ROW = 32_000;

/** @param common properties that each of the rows gets; `version` tells apart what is written at different times under the same key */
export function textRows(
  partitionKey: string,
  rowKey: string,
  value: unknown,
  common: Properties = {},
): NewRow[] {
  const parts = cut(JSON.stringify(value));
  return parts.map((text, page) => ({
    partitionKey,
    rowKey: page === 0 ? rowKey : `${rowKey}:p${String(page).padStart(2, '0')}`,
    properties: { ...common, text, pages: String(parts.length) },
  }));
}

/** Below it are the key and those of the rows that continue it: `;` is the character after the `:` with which their names go on. */
export function after(key: string): string {
  return `${key};`;
}

/** What rows in the order of their keys hold, without what is not there as a whole. */
export function valuesOf<Value>(rows: readonly StoredRow[]): Value[] {
  const groups = groupBy(rows, (row) => `${row.partitionKey} ${row.rowKey.replace(/:p\d+$/, '')}`);
  return [...groups.values()].flatMap((group) => {
    const { version, pages } = group[0]?.properties ?? {};
    // rows that are left of a longer text have another version
    const parts = group.filter(({ properties }) => properties.version === version);
    const text = parts.map(({ properties }) => properties.text).join('');
    return parts.length === Number(pages) ? [JSON.parse(text)] : [];
  });
}

function cut(text: string): string[] {
  const parts: string[] = [];
  for (let from = 0; from < text.length; ) {
    let to = from + CHARACTERS_PER_ROW;
    // A surrogate pair that is cut in two cannot be sent as UTF-8.
    if (/[\ud800-\udbff]/.test(text.charAt(to - 1))) {
      to -= 1;
    }
    parts.push(text.slice(from, to));
    from = to;
  }
  return parts;
}
