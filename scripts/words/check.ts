import { readFileSync } from 'node:fs';
import path from 'node:path';
import { glob } from 'tinyglobby';
import { type Retired, retired } from './retired.ts';

/** Code, tests and pages; not the list itself, not what was, and not the words of the demo company. */
const read = ['**/*.{ts,tsx,mjs,cjs}', '*.md', 'docs/**/*.md'];
const leftOut = [
  ...['**/node_modules/**', 'dist/**', '.local/**', 'coverage/**'],
  ...['scripts/words/**', 'tests/unit/words.test.ts', 'CHANGELOG.md'],
];

/** Where a retired name or phrase stands, one sentence for each, with what to write instead. */
export async function complaintsIn(projectDir: string): Promise<readonly string[]> {
  const files = await glob(read, { cwd: projectDir, ignore: leftOut });
  return files
    .sort()
    .flatMap((file) => complaintsAbout(file, readFileSync(path.join(projectDir, file), 'utf8')));
}

/** @param file path from the project’s root, with `/` */
export function complaintsAbout(file: string, text: string): readonly string[] {
  const about = retired.filter(({ under = '' }) => file.startsWith(under));
  return [
    ...withPath(file, about),
    ...text.split('\n').flatMap((line, index) => inLine(file, line, index + 1, about)),
  ];
}

function withPath(file: string, about: readonly Retired[]): readonly string[] {
  return about.flatMap(({ pattern, instead }) =>
    pattern.test(file) ? [`${file}: its name is now ${instead}.`] : [],
  );
}

function inLine(file: string, line: string, number: number, about: readonly Retired[]): readonly string[] {
  return about.flatMap(({ pattern, instead }) => {
    const found = pattern.exec(line)?.[0];
    return found === undefined
      ? []
      : [`${file}:${number}: "${found.trim()}" is no longer used; write ${instead}.`];
  });
}
