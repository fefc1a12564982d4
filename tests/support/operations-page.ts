import { readFileSync } from 'node:fs';
import path from 'node:path';
import { projectDir } from '../../scripts/lib/project-dir.ts';

/** docs/operations.md, and what it says in a form that can be compared with the code. */
export const page = readFileSync(path.join(projectDir, 'docs/operations.md'), 'utf8');

export interface MetricRow {
  readonly name: string;
  readonly unit: string;
  readonly attributes: readonly string[];
}

/** The table of metrics. */
export const metricRows: readonly MetricRow[] = rowsAfter('| metric | unit |').map(
  ([name = '', unit = '', attributes = '']) => ({
    name: codes(name)[0] ?? '',
    unit: codes(unit)[0] ?? '',
    attributes: codes(attributes),
  }),
);

/** The words in code type of a text. */
export function codes(text: string): string[] {
  return [...text.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code);
}

/** The cells of the table that begins with this heading. */
export function rowsAfter(heading: string): string[][] {
  const [, after] = page.split(heading);
  if (after === undefined) {
    throw new Error(`The page has no table "${heading}".`);
  }
  const [table = ''] = after.split('\n\n');
  return table
    .split('\n')
    .slice(2)
    .map((row) => row.split(' | ').map((cell) => cell.replace(/^\| | \|$/g, '')));
}

/** The queries in the block of this language: what stands between two comments. */
export function queriesIn(language: 'kql' | 'promql'): string[] {
  const [, block = ''] = page.split(`\`\`\`${language}\n`);
  const [text = ''] = block.split('\n```');
  const comment = language === 'kql' ? /^\/\/.*$/m : /^#.*$/m;
  return text.split(comment).flatMap((query) => query.trim() || []);
}

/** The KQL statements: each begins with its table and goes on with pipes. */
export const kqlStatements: readonly string[] = queriesIn('kql').flatMap((query) => query.split(/\n(?!\|)/));

/** The attributes that a KQL query looks at. */
export function dimensionsIn(query: string): string[] {
  return [...query.matchAll(/customDimensions\["([^"]+)"\]/g)].map(([, name = '']) => name);
}
