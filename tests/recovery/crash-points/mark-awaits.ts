import { parseSync } from 'oxc-parser';
import { markName } from './point.ts';

interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly await?: boolean;
  readonly right?: Node;
}

/**
 * The same code, which says where it is before every await: `await x` becomes `(__crashPoint("file:line"), await x)`. Lines
 * stay where they are.
 * @param file as it is named in a report
 * @throws Error when the text is no TypeScript
 */
export function markAwaits(file: string, text: string): string {
  const { program, errors } = parseSync(file, text);
  if (errors.length > 0) {
    throw new Error(`${file} cannot be read: ${errors[0]?.message}`);
  }
  const inserts: { readonly at: number; readonly text: string }[] = [];
  const mark = (at: number) => `${markName}(${JSON.stringify(`${file}:${lineOf(text, at)}`)})`;
  for (const node of everyNode(program)) {
    const whole = node.type === 'AwaitExpression' ? node : undefined;
    const over = node.type === 'ForOfStatement' && node.await === true ? node.right : undefined;
    const marked = whole ?? over;
    if (marked !== undefined) {
      inserts.push({ at: marked.start, text: `(${mark(marked.start)}, ` }, { at: marked.end, text: ')' });
    }
  }
  // an inner one closes before an outer one that ends at the same place; the texts are the same
  inserts.sort((one, other) => other.at - one.at);
  let result = text;
  for (const { at, text: insert } of inserts) {
    result = result.slice(0, at) + insert + result.slice(at);
  }
  return result;
}

/** Counts from 1. */
function lineOf(text: string, at: number): number {
  return text.slice(0, at).split('\n').length;
}

function* everyNode(value: unknown): Generator<Node, void, undefined> {
  if (typeof value !== 'object' || value === null) {
    return;
  }
  if ('type' in value && typeof value.type === 'string') {
    yield value as Node;
  }
  for (const inner of Object.values(value)) {
    yield* everyNode(inner);
  }
}
