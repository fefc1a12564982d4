import { expect } from 'vitest';
import { blocksOf, inlineCodeOf } from '../../docs/reading/markdown.ts';
import { readFile } from '../../docs/reading/tree.ts';

/** The lines that a document shows of what a command prints: the text block after a paragraph that names the command. */
function excerptOf(file: string, command: string): readonly string[] {
  const blocks = blocksOf(readFile(file));
  const found = blocks.find((block, index) => {
    const before = blocks[index - 1];
    return (
      block.kind === 'fence' &&
      block.language === 'text' &&
      before?.kind === 'text' &&
      inlineCodeOf(before).at(-1)?.code === command
    );
  });
  if (found?.kind !== 'fence') {
    throw new Error(`${file} does not show what "${command}" prints.`);
  }
  return found.lines;
}

/** Ports, days and times are others in every run; the bar of a progress is drawn only where somebody watches. */
const normalised = (line: string) =>
  line
    .trimEnd()
    .replace(/(127\.0\.0\.1):\d+/g, '$1:PORT')
    .replace(/\d{4}-\d\d-\d\d/g, 'DAY')
    .replace(/^█+ (?=\d+ %)/, '');

/** Every line that the document shows is printed, in this order; `…` stands for lines that it leaves out. */
export function expectExcerpt(file: string, command: string, output: string): void {
  const printed = output.split('\n').map(normalised);
  let from = 0;
  for (const line of excerptOf(file, command)) {
    if (line.trim() === '…' || line.trim() === '') {
      continue;
    }
    const at = printed.indexOf(normalised(line), from);
    expect(at, `${file} shows "${line}", which ${command} does not print there:\n${output}`).toBeGreaterThan(
      -1,
    );
    from = at + 1;
  }
}
