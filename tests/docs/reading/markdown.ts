/** A part of a document, in the order of the document. */
export type Block = Text | Fence;

/** A paragraph, a heading, an item of a list or a row of a table. */
export interface Text {
  readonly kind: 'text' | 'heading';
  readonly text: string;
  /** Where it begins, from 1. */
  readonly line: number;
}

export interface Fence {
  readonly kind: 'fence';
  /** The word after the backticks; empty when there is none. */
  readonly language: string;
  readonly lines: readonly string[];
  /** Of its first line of content. */
  readonly line: number;
}

/** A piece of inline code, and where it is. */
export interface InlineCode {
  readonly code: string;
  readonly line: number;
}

const fenceStart = /^( *)(```+)\s*([\w-]*)/;
/** What begins a block of its own without an empty line before it. */
const ownBlock = /^\s*(?:[-*+]|\d+\.)\s|^\s*\|/;
const heading = /^#{1,6} /;

/** Splits a document as far as the tests need it. Comments are not shown to readers and are left out. */
export function blocksOf(markdown: string): readonly Block[] {
  const lines = withoutComments(markdown).split('\n');
  const blocks: Block[] = [];
  let open = false;
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    const [, indent = '', ticks, language = ''] = fenceStart.exec(line) ?? [];
    if (ticks !== undefined) {
      const length = lines.slice(at + 1).findIndex((one) => one.trim() === ticks);
      if (length < 0) {
        throw new Error(`The fence of line ${at + 1} does not end.`);
      }
      const content = lines.slice(at + 1, at + 1 + length).map((one) => one.slice(indent.length));
      blocks.push({ kind: 'fence', language, lines: content, line: at + 2 });
      at += length + 1;
      open = false;
    } else {
      open = addLine(blocks, line, at + 1, open);
    }
  }
  return blocks;
}

/** @returns whether the next line can belong to the same block */
function addLine(blocks: Block[], line: string, number: number, open: boolean): boolean {
  if (line.trim() === '') {
    return false;
  }
  if (heading.test(line)) {
    blocks.push({ kind: 'heading', text: line, line: number });
    return false;
  }
  const last = blocks.at(-1);
  if (open && last?.kind === 'text' && !ownBlock.test(line)) {
    blocks[blocks.length - 1] = { ...last, text: `${last.text}\n${line}` };
  } else {
    blocks.push({ kind: 'text', text: line, line: number });
  }
  return true;
}

/** Lines keep their numbers. */
function withoutComments(markdown: string): string {
  return markdown.replace(/<!--[\s\S]*?-->/g, (comment) => comment.replace(/[^\n]/g, ''));
}

/** The inline code of a text; one that goes on in the next line is put together. */
export function inlineCodeOf({ text, line }: Text): readonly InlineCode[] {
  return [...text.matchAll(/(`+)([^`]+)\1/g)].map((match) => ({
    code: (match[2] ?? '').replace(/\s+/g, ' ').replaceAll('\\|', '|').trim(),
    line: line + (text.slice(0, match.index).match(/\n/g)?.length ?? 0),
  }));
}
