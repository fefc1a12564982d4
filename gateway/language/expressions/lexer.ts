import { PolicyProblem, type Position } from '../problem.ts';

export interface Token {
  readonly kind: 'name' | 'string' | 'number' | 'symbol' | 'end';
  /** The text; of a string, its value. */
  readonly text: string;
  readonly position: Position;
}

const blank = /\s+/y;
const name = /[A-Za-z_][A-Za-z0-9_]*/y;
const number = /[0-9]+/y;
const text = /"((?:[^"\\\n]|\\["\\nrt])*)"/y;
const symbol = /\?\?|==|!=|<=|>=|&&|\|\||[()[\]{}<>.,;:?!+\-=]/y;

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

/**
 * Splits a C# expression into tokens.
 * @throws PolicyProblem at a character or literal that is not supported
 */
export function tokenize(source: string, start: Position): Token[] {
  const tokens: Token[] = [];
  let offset = 0;
  let line = start.line;
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = offset;
    const match = pattern.exec(source);
    if (match !== null) {
      offset = pattern.lastIndex;
    }
    return match;
  };
  const push = (kind: Token['kind'], value: string): void => {
    tokens.push({ kind, text: value, position: { ...start, line } });
  };
  while (offset < source.length) {
    const blanks = take(blank);
    if (blanks !== null) {
      line += blanks[0].split('\n').length - 1;
      continue;
    }
    const match =
      matched('name', take(name)) ??
      matched('number', take(number)) ??
      matched('string', take(text)) ??
      matched('symbol', take(symbol));
    if (match === undefined) {
      throw new PolicyProblem({ ...start, line }, `the expression has an unsupported "${source[offset]}"`);
    }
    push(match.kind, match.text);
  }
  push('end', '');
  return tokens;
}

function matched(
  kind: Token['kind'],
  match: RegExpExecArray | null,
): { kind: Token['kind']; text: string } | undefined {
  if (match === null) {
    return undefined;
  }
  if (kind !== 'string') {
    return { kind, text: match[0] };
  }
  return {
    kind,
    text: (match[1] ?? '').replace(/\\(.)/g, (_, letter: string) => escapes[letter] ?? letter),
  };
}
