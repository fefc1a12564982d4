import type { Chart } from '../charts/spec.ts';
import { type Grown, growthPart } from '../growth/report.ts';
import { costModel } from './cost-model.ts';
import { reasonsFor } from './reasons.ts';
import type { Part, Results } from './results.ts';
import { aimsTable, markdownTable } from './tables.ts';

/** docs/performance.md, made from one full run, and from what was counted last of growth. */
export function performancePage(
  { machine, parts: measured }: Results,
  grown: Grown,
  charts: readonly Chart[],
): string {
  const parts = [...measured, growthPart(grown)];
  const { date, cpu, cores, memory, system, node, load } = machine;
  const aims = parts.flatMap((part) => part.aims);
  return [
    '# Performance',
    '<!-- Made from bench/results.json by `npm run bench -- --write-docs`; do not edit. -->',
    `Measured on ${date} in one run on ${cpu}, ${cores} cores, ${memory} GiB, ${system}, Node ${node}; the load average was ${load} when it began. Times on another machine are different; the ratios are what to look at. \`npm run bench\` measures all of it again.`,
    'The measurements are about the demo business, Contoso: the peers have its eighteen tools and its demo data, so that like is compared with like. A business of your own is not measured by them.',
    '## Aims',
    markdownTable(aimsTable(aims)),
    ...pictures(charts, 'Aims'),
    ...reasonsFor(aims),
    ...parts.flatMap((part) => section(part, charts)),
    ...costModel,
    '',
  ]
    .join('\n\n')
    .trimEnd()
    .concat('\n');
}

function section({ title, notes, tables, skipped }: Part, charts: readonly Chart[]): string[] {
  return [
    `## ${title}`,
    ...(skipped === undefined ? [] : [`Not measured: ${skipped}`]),
    ...notes,
    ...pictures(charts, title),
    ...tables.flatMap((table) => [`${table.caption}:`, markdownTable(table)]),
  ];
}

function pictures(charts: readonly Chart[], title: string): string[] {
  return charts
    .filter(({ part }) => part === title)
    .map(({ name, says }) => `![${says}](charts/${name}.svg)`);
}
