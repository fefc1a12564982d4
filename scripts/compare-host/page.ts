import { table } from '../docs/table.ts';
import type { Difference } from './difference.ts';
import type { RequestRow } from './row.ts';

/** One line of the page's table of requests. */
export interface PageRow {
  readonly name: string;
  readonly real: string;
  readonly local: string;
  /** When the real host was asked, and what it was. */
  readonly seen: string;
}

export const fidelityPage = 'docs/azure-fidelity.md';
const begin = '<!-- The table of requests, from here: npm run compare:host writes it -->';
const end = '<!-- to here -->';
const head = ['request', 'real', 'local', 'seen'];
const same = 'the same';

/** @throws Error when the page has no such table */
export function pageRows(page: string): readonly PageRow[] {
  return tableOf(page)
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .slice(2)
    .map((line) => {
      const [name = '', real = '', local = '', seen = ''] = line
        .slice(1, -1)
        .split(/(?<!\\)\|/)
        .map((cell) => cell.trim().replaceAll('\\|', '|'));
      return { name, real, local, seen };
    });
}

/** The page with these rows in the place of those of the same name; a row of the table that nobody asked keeps what it says. */
export function pageWith(page: string, rows: readonly RequestRow[], seen: readonly PageRow[]): string {
  const known = new Map([...pageRows(page), ...seen].map((row) => [row.name, row]));
  const cells = rows.map(({ name }) => {
    const row = known.get(name);
    return row === undefined ? [name, 'not asked yet', '', ''] : [name, row.real, row.local, row.seen];
  });
  const [before] = page.split(begin);
  const [, after] = page.split(end);
  return `${before}${begin}\n\n${table(head, cells).join('\n')}\n\n${end}${after}`;
}

/**
 * What the page says of a row that was asked.
 * @param real what the real host did, in short
 * @throws Error for a difference without a reason, which no page may have
 */
export function pageRow(
  { name, note }: RequestRow,
  result: { readonly real: string; readonly local: string; readonly differences: readonly Difference[] },
  seen: string,
): PageRow {
  const { real, local, differences } = result;
  const reasons = differences.map(({ part, why }) => {
    if (why === undefined) {
      throw new Error(`"${name}" differs in its ${part}, and nobody has said why.`);
    }
    return why;
  });
  const what = real === local ? `${differences.map(({ part }) => part).join(', ')} differ` : local;
  return {
    name,
    real: note === undefined ? real : `${real}: ${note}`,
    local: reasons.length === 0 ? same : `${what}: ${[...new Set(reasons)].join('; ')}`,
    seen,
  };
}

function tableOf(page: string): string {
  const [, after] = page.split(begin);
  const [inner, rest] = after?.split(end) ?? [];
  if (inner === undefined || rest === undefined) {
    throw new Error(`${fidelityPage} has no table of requests between its two marks.`);
  }
  return inner;
}
