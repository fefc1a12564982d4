import type { Spread } from '../statistics.ts';
import type { Aim, Table } from './results.ts';

type Cell = Table['rows'][number][number];

/** A number with three significant digits at least, and none that noise has made up. */
export function formatCell(cell: Cell): string {
  if (cell === null) {
    return '–';
  }
  if (typeof cell === 'string') {
    return cell;
  }
  if (Number.isInteger(cell) || Math.abs(cell) >= 100) {
    return Math.round(cell).toLocaleString('en-US');
  }
  return cell.toFixed(Math.abs(cell) >= 10 ? 1 : 2);
}

/** A median with its spread. */
export function spreadText({ median, low, high }: Spread): string {
  return `${formatCell(median)} (${formatCell(low)}–${formatCell(high)})`;
}

/** For a terminal. */
export function plainTable({ caption, columns, rows }: Table): string {
  return [caption, ...aligned([columns, ...rows.map((row) => row.map(formatCell))], '  ')].join('\n');
}

/** For a page; columns are aligned so that the source reads well, too. */
export function markdownTable({ columns, rows }: Pick<Table, 'columns' | 'rows'>): string {
  const cells = [columns, ...rows.map((row) => row.map(formatCell))];
  const [head = '', ...body] = aligned(cells, ' | ').map((line) => `| ${line} |`);
  const rule = head.replaceAll(/[^|]/g, '-').replaceAll(/\|-(-+)-(?=\|)/g, '| $1 ');
  return [head, rule, ...body].join('\n');
}

/** The aims as rows. */
export function aimsTable(aims: readonly Aim[]): Pick<Table, 'columns' | 'rows'> {
  return {
    columns: ['aim', 'wanted', 'measured', 'spread', ''],
    rows: aims.map(({ name, wanted, measured, spread, met }) => [
      name,
      wanted,
      measured,
      spread === null ? '–' : spread.map(formatCell).join('–'),
      met ? 'met' : 'missed',
    ]),
  };
}

function aligned(lines: readonly (readonly string[])[], separator: string): string[] {
  const widths = (lines[0] ?? []).map((_cell, column) =>
    Math.max(...lines.map((line) => line[column]?.length ?? 0)),
  );
  return lines.map((line) => line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(separator));
}
