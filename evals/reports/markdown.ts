import { type ModelReport, type Totals, totalsOf } from './model-report.ts';

const percent = (share: number) => `${Math.round(share * 100)} %`;

const rows: readonly (readonly [string, (totals: Totals) => string])[] = [
  ['questions right', ({ right, asked }) => `${right} of ${asked}`],
  ['no answer, and said so', ({ unhelpful }) => String(unhelpful)],
  ['wrong', ({ wrong }) => String(wrong)],
  ['wrong, with status done', ({ wrongButDone }) => String(wrongButDone)],
  ['task adherence', ({ taskAdherence }) => percent(taskAdherence)],
  ['tool precision', ({ toolPrecision }) => percent(toolPrecision)],
  ['cases passed', ({ casesPassed, cases }) => `${casesPassed} of ${cases}`],
  ['tokens', ({ tokens }) => String(tokens)],
  ['seconds', ({ seconds }) => seconds.toFixed(1)],
];

/** A report for a person: how the model did in all, and what was not right. */
export function markdownOf(report: ModelReport): string {
  const failed = [
    ...report.questions.map(({ question, verdict, problems }) => ({ name: question, verdict, problems })),
    ...report.cases.map(({ name, problems }) => ({ name, verdict: 'failed', problems })),
  ].filter(({ problems }) => problems.length > 0);
  return [
    `# ${inline(report.model)}`,
    '',
    `Asked on ${report.at}.`,
    '',
    ...table(['', inline(report.model)], rowsOf([totalsOf(report)])),
    '',
    '## Not right',
    '',
    ...failed.flatMap(({ name, verdict, problems }) => [
      `- ${verdict}: ${inline(name)}`,
      ...problems.map((problem) => `  - ${inline(problem)}`),
    ]),
    ...(failed.length === 0 ? ['Nothing.'] : []),
    '',
  ].join('\n');
}

/** Two reports side by side: their totals, and what only one of them has right. */
export function comparisonOf(one: ModelReport, other: ModelReport): string {
  const reports = [one, other];
  const right = reports.map(rightIn);
  const names = [...new Set(reports.flatMap(namesIn))].filter((name) =>
    reports.every((report) => namesIn(report).includes(name)),
  );
  const differing = names.filter((name) => right[0]?.has(name) !== right[1]?.has(name));
  const titles = reports.map(({ model, at }) => `${inline(model)}, ${at}`);
  return [
    ...table(['', ...titles], rowsOf(reports.map(totalsOf))),
    '',
    ...table(
      ['right in one of them', ...titles],
      differing.map((name) => [inline(name), ...right.map((set) => (set.has(name) ? 'right' : 'not'))]),
    ),
    '',
  ].join('\n');
}

function namesIn({ questions, cases }: ModelReport): string[] {
  return [...questions.map(({ question }) => question), ...cases.map(({ name }) => name)];
}

function rightIn({ questions, cases }: ModelReport): ReadonlySet<string> {
  return new Set([
    ...questions.filter(({ verdict }) => verdict === 'right').map(({ question }) => question),
    ...cases.filter(({ problems }) => problems.length === 0).map(({ name }) => name),
  ]);
}

function rowsOf(totals: readonly Totals[]): string[][] {
  return rows.map(([name, cell]) => [name, ...totals.map(cell)]);
}

function table(head: readonly string[], body: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...body.map(line)];
}

/** A text in one cell, whatever a model wrote. */
function inline(text: string): string {
  return text.replace(/\s+/g, ' ').replaceAll('|', '\\|');
}
