import { readFileSync } from 'node:fs';
import path from 'node:path';
import { projectDir } from '#scripts/lib/project-dir';

/** One thing that the guide tells its reader to do. */
export type Step =
  | { readonly kind: 'create'; readonly file: string; readonly text: string }
  | { readonly kind: 'change'; readonly file: string; readonly before: string; readonly after: string }
  | { readonly kind: 'run'; readonly command: string };

export interface Guide {
  readonly steps: readonly Step[];
  /** The table at the end: what was forgotten, and the words in which that is told. */
  readonly told: ReadonlyMap<string, string>;
}

const instruction = /^(Create|In) `([^`]+)`/;
const fence = /^```(\w+)$/;

/** The page that is read here. */
export const guideFile = 'docs/extending.md';

/** Reads docs/extending.md the way a person does: a block belongs to the file that was named last before it. */
export function readGuide(): Guide {
  const lines = readFileSync(path.join(projectDir, guideFile), 'utf8').split('\n');
  const steps: Step[] = [];
  let named: { verb: string; file: string } | undefined;
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    const [, verb, file] = instruction.exec(line) ?? [];
    if (verb !== undefined && file !== undefined) {
      named = { verb, file };
    }
    const language = fence.exec(line)?.[1];
    if (language === undefined) {
      continue;
    }
    const end = lines.indexOf('```', at);
    const block = lines.slice(at + 1, end);
    steps.push(...stepsOf(language, block, named));
    at = end;
  }
  return { steps, told: toldIn(lines) };
}

function stepsOf(
  language: string,
  block: string[],
  named: { verb: string; file: string } | undefined,
): Step[] {
  if (language === 'sh') {
    return block.map((command) => ({ kind: 'run', command }));
  }
  if (named === undefined) {
    throw new Error(`docs/extending.md: no file is named before\n${block.join('\n')}`);
  }
  const { verb, file } = named;
  if (language !== 'diff') {
    if (verb !== 'Create') {
      throw new Error(`docs/extending.md: say "Create" for the whole of ${file}.`);
    }
    return [{ kind: 'create', file, text: `${block.join('\n')}\n` }];
  }
  const without = (mark: string) =>
    block
      .filter((line) => !line.startsWith(mark))
      .map((line) => `${line.slice(1)}\n`)
      .join('');
  return [{ kind: 'change', file, before: without('+'), after: without('-') }];
}

function toldIn(lines: readonly string[]): Map<string, string> {
  const from = lines.indexOf('| forgotten | told |');
  const rows = lines.slice(from + 2).map((line) => /^\| (.+?) \| `(.+)` \|$/.exec(line));
  return new Map(rows.flatMap((row) => (row === null ? [] : [[String(row[1]), String(row[2])] as const])));
}
