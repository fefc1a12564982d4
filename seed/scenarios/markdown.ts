import type { SeedOptions } from '../generate/context.ts';
import type { AnswerKey, Statement } from './answer-key.ts';

/** The scenarios as a document for people. */
export function scenariosMarkdown(keys: readonly AnswerKey[], options: SeedOptions): string {
  const introduction = [
    '# Scenarios',
    '',
    'Nine customers whose records make up a known case. Written by `seed/scenarios/write.ts`; do not edit.',
    '',
    `Numbers and dates are those of the tenant ${options.tenant} as of ${options.asOf}, seed ${options.seed}. The data describe the first`,
    'instant (UTC) of that day: everything in them has happened before it. With another date all dates move along.',
    '',
    ...table([
      ['scenario', 'customer', 'case'],
      ...keys.map((key) => [`${key.scenario}`, `${key.customer_id}`, key.title]),
    ]),
  ];
  return [introduction.join('\n'), ...keys.map(section)].join('\n\n').concat('\n');
}

/** Rows with aligned columns, as the formatter wants them; the first row is the head. */
function table(rows: readonly (readonly string[])[]): string[] {
  const columns = rows[0]?.keys() ?? [];
  const widths = [...columns].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const [head = '', ...body] = rows.map((row) =>
    line(widths.map((width, column) => (row[column] ?? '').padEnd(width))),
  );
  return [head, line(widths.map((width) => '-'.repeat(width))), ...body];
}

function section(key: AnswerKey): string {
  return [
    `## ${key.scenario}. ${key.title} (customer ${key.customer_id})`,
    list('Questions', key.questions),
    list('A right answer says', key.required_facts.map(statement)),
    list(
      'It rests on',
      key.documents_to_cite.map((slug) => `[${slug}](knowledge/${slug}.md)`),
    ),
    list('It does not say', key.forbidden_claims.map(statement)),
    list('Tools', [
      `needed: ${key.required_tools.map(code).join(', ')}`,
      `not to be called: ${key.forbidden_tools.map(code).join(', ')}`,
    ]),
  ].join('\n\n');
}

function list(title: string, items: readonly string[]): string {
  return [`${title}:`, '', ...items.map((item) => `- ${item}`)].join('\n');
}

function statement(part: Statement): string {
  return part.statement;
}

function code(tool: string): string {
  return `\`${tool}\``;
}
