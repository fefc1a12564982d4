import { existsSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { projectDir } from '../../scripts/lib/project-dir.ts';
import { blocksOf } from './reading/markdown.ts';
import { documents, readFile } from './reading/tree.ts';

/** The anchors of a document, as GitHub makes them. */
function anchorsOf(file: string): readonly string[] {
  const seen = new Map<string, number>();
  return blocksOf(readFile(file))
    .flatMap((block) => (block.kind === 'heading' ? [block.text] : []))
    .map((text) => {
      const words = text.replace(/^#+ /, '').replace(/[`*]/g, '').toLowerCase();
      const slug = words.replace(/[^\p{L}\p{N}\s_-]/gu, '').replace(/\s/g, '-');
      const times = seen.get(slug) ?? 0;
      seen.set(slug, times + 1);
      return times === 0 ? slug : `${slug}-${times}`;
    });
}

/** What is wrong with a link; undefined when it leads somewhere. */
function problemOf(file: string, target: string): string | undefined {
  const [to = '', anchor] = target.split('#');
  const linked = to === '' ? file : path.posix.normalize(path.posix.join(path.posix.dirname(file), to));
  if (!existsSync(path.join(projectDir, linked))) {
    return `${linked} does not exist`;
  }
  if (anchor === undefined || anchorsOf(linked).includes(anchor)) {
    return undefined;
  }
  return `${linked} has no heading #${anchor}`;
}

it.each(documents)('the links of %s lead somewhere', (file) => {
  const problems = blocksOf(readFile(file))
    .filter((block) => block.kind !== 'fence')
    .flatMap(({ text, line }) =>
      [...text.replace(/`[^`]*`/g, '').matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => ({
        target,
        line,
      })),
    )
    .filter(({ target }) => !/^[a-z]+:/.test(target))
    .flatMap(({ target, line }) => {
      const problem = problemOf(file, target);
      return problem === undefined ? [] : [`${file}:${line}: ${target}: ${problem}`];
    });
  expect(problems).toEqual([]);
});
