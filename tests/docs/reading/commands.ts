import { type Block, blocksOf, inlineCodeOf } from './markdown.ts';
import { type Mark, markIn } from './marks.ts';
import { commandsIn, type Typed } from './shell.ts';
import { documents, readFile } from './tree.ts';

/** A command that a document tells the reader to type. */
export interface Command extends Typed {
  readonly place: string;
  readonly mark: Mark | undefined;
  /** It stands in a block of commands, not in a sentence or a table. */
  readonly fenced: boolean;
}

const shells = ['sh', 'bash', 'console', 'cmd', 'powershell'];
const notShells = [
  'csharp',
  'diff',
  'http',
  'js',
  'json',
  'kql',
  'mermaid',
  'promql',
  'text',
  'ts',
  'typescript',
  'xml',
  'yaml',
];

/** Inline code that is a command. */
const inline = /^(?:npm|npx|node|curl|func|az|git|claude|code) /;

/** @throws Error when a fence does not say what is in it */
export function commandsOf(file: string, markdown = readFile(file)): readonly Command[] {
  const blocks = blocksOf(markdown);
  return blocks.flatMap((block, index): readonly Command[] => {
    const place = (line: number) => `${file}:${line}`;
    if (block.kind !== 'fence') {
      const mark = markIn(block.text);
      return inlineCodeOf(block)
        .filter(({ code }) => inline.test(code))
        .flatMap(({ code, line }) =>
          commandsIn([code]).map((typed) => ({ ...typed, place: place(line), mark, fenced: false })),
        );
    }
    if (notShells.includes(block.language)) {
      return [];
    }
    if (!shells.includes(block.language)) {
      throw new Error(
        `${place(block.line - 1)}: the fence must say what is in it: ${[...shells, ...notShells].join(', ')}.`,
      );
    }
    const mark = markIn(textBefore(blocks, index));
    return commandsIn(block.lines.map(withoutPrompt)).map((typed) => ({
      ...typed,
      place: place(block.line + typed.at),
      mark,
      fenced: true,
    }));
  });
}

/** The paragraph right before a block; a heading or another block is none. */
function textBefore(blocks: readonly Block[], index: number): string {
  const before = blocks[index - 1];
  return before?.kind === 'text' ? before.text : '';
}

const withoutPrompt = (line: string) => line.replace(/^[$>] /, '');

/** All of them, in every document. */
export const allCommands: readonly Command[] = documents.flatMap((file) => commandsOf(file));

/**
 * What has to be typed for a command that has no mark.
 * @throws Error when no document has it
 */
export function documented(text: string): string {
  const found = allCommands.find((command) => command.text === text && command.mark === undefined);
  if (found === undefined) {
    throw new Error(`No document has the command "${text}" any more; take it out of tests/docs/commands.`);
  }
  return found.script;
}

/** A page, and what its blocks have the reader type, in this order: what bears a mark is left out. */
export interface Page {
  readonly file: string;
  readonly commands: readonly Command[];
}

export const pages: readonly Page[] = documents.flatMap((file) => {
  const commands = allCommands.filter(
    ({ place, mark, fenced }) => place.startsWith(`${file}:`) && mark === undefined && fenced,
  );
  return commands.length === 0 ? [] : [{ file, commands }];
});
