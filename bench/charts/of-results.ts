import type { Grown } from '../growth/report.ts';
import type { Aim, Part, Results, Table } from '../report/results.ts';
import { type Bar, bars, type Chart, type Interval, intervals, lines, type Spec } from './spec.ts';

/** A column of a table, as bars. */
interface Column {
  readonly name: string;
  readonly part: string;
  /** How the caption of the table begins. */
  readonly caption: string;
  readonly column: string;
  readonly title: string;
  readonly unit: string;
}

const columns: readonly Column[] = [
  {
    name: 'calls',
    part: 'The endpoint in process',
    caption: 'Microseconds of CPU time per request',
    column: 'tools/call 2026-07-28',
    title: 'CPU time of a call, in process',
    unit: 'microseconds, fewer are better',
  },
  {
    name: 'lists',
    part: 'The endpoint in process',
    caption: 'Microseconds of CPU time per request',
    column: 'tools/list 2026-07-28',
    title: 'CPU time of a list, in process',
    unit: 'microseconds, fewer are better',
  },
  {
    name: 'allocations',
    part: 'The endpoint in process',
    caption: 'Kilobytes allocated per request',
    column: 'tools/call 2026-07-28',
    title: 'What a call allocates',
    unit: 'kilobytes, fewer are better',
  },
  {
    name: 'http',
    part: 'Over HTTP on this machine',
    caption: 'tools/call',
    column: 'req/s, 16 conn.',
    title: 'Calls over HTTP, 16 connections',
    unit: 'requests per second, more are better',
  },
  {
    name: 'start',
    part: 'Cold start',
    caption: 'Milliseconds from process start',
    column: 'clock',
    title: 'From the start of a process to its first answer',
    unit: 'milliseconds, fewer are better',
  },
];

/** All charts that the results can be drawn as, in the order of the page. */
export function chartsOf({ aims, parts }: Results, grown: Grown): readonly Chart[] {
  return [...aimsChart(aims), ...columns.flatMap((column) => columnChart(parts, column)), growthChart(grown)];
}

function columnChart(parts: readonly Part[], { name, part, caption, column, title, unit }: Column): Chart[] {
  const table = parts
    .find((one) => one.title === part)
    ?.tables.find((one) => one.caption.startsWith(caption));
  const values = table === undefined ? [] : valuesOf(table, column);
  return values.length === 0 ? [] : [chart(name, part, title, bars(title, unit, values))];
}

function valuesOf({ columns: headings, rows }: Table, column: string): Bar[] {
  const at = headings.indexOf(column);
  return rows.flatMap((row) => {
    const value = row[at];
    return typeof value === 'number' ? [{ name: String(row[0]), value }] : [];
  });
}

/** How far each aim is reached, by its spread: right of the line is more than was wanted. */
function aimsChart(aims: readonly Aim[]): Chart[] {
  const values = aims.flatMap(({ name, wanted, measured, spread }): Interval[] => {
    const bound = Number(/^at (?:least|most) ([\d.]+)/.exec(wanted)?.[1] ?? 0);
    if (spread === null || bound === 0) {
      return [];
    }
    const reached = (value: number) => (wanted.startsWith('at least') ? value / bound : bound / value);
    const [one, other] = spread.map(reached) as [number, number];
    return [{ name, value: reached(measured), low: Math.min(one, other), high: Math.max(one, other) }];
  });
  const title = 'What was reached of each aim that is measured, with its spread';
  return values.length === 0
    ? []
    : [
        chart(
          'aims',
          'Aims',
          title,
          intervals(title, 'times what was wanted; right of the line is met', values),
        ),
      ];
}

function growthChart({ sizes, byCustomers }: Grown): Chart {
  const values = byCustomers
    .filter(({ what }) => what.startsWith('search by ') || what === 'get_all_customers')
    .flatMap(({ what, rowsRead }) =>
      rowsRead.map((rows, place) => ({ name: what, size: sizes[place] ?? 0, value: Math.max(1, rows) })),
    );
  const title = 'Rows that storage looks at for a search, by customers';
  return chart('growth', 'Growth', title, lines(title, 'customers of the tenant', 'rows', values));
}

const chart = (name: string, part: string, says: string, spec: Spec): Chart => ({ name, part, says, spec });
