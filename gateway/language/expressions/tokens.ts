import { PolicyProblem } from '../problem.ts';
import type { Token } from './lexer.ts';

/** Most tokens of an expression, and most parentheses, brackets and braces inside one another: it is read and run by recursion. */
const mostTokens = 2_000;
const deepest = 50;

/** Reads a list of tokens from front to back. */
export class TokenReader {
  readonly #tokens: readonly Token[];
  #next = 0;

  /**
   * @param tokens must end with the token `end`
   * @throws PolicyProblem when they are more, or deeper inside one another, than any policy needs
   */
  constructor(tokens: readonly Token[]) {
    refuseTooComplex(tokens);
    this.#tokens = tokens;
  }

  /** The token that is `ahead` places further, or the last one. */
  peek(ahead = 0): Token {
    const token = this.#tokens[this.#next + ahead] ?? this.#tokens.at(-1);
    if (token === undefined) {
      throw new Error('A token list has no end.');
    }
    return token;
  }

  take(): Token {
    const token = this.peek();
    this.#next += 1;
    return token;
  }

  isSymbol(text: string, ahead = 0): boolean {
    const token = this.peek(ahead);
    return token.kind === 'symbol' && token.text === text;
  }

  isName(text: string): boolean {
    const token = this.peek();
    return token.kind === 'name' && token.text === text;
  }

  /** Takes the symbol if it comes next. */
  accept(text: string): boolean {
    if (!this.isSymbol(text)) {
      return false;
    }
    this.take();
    return true;
  }

  /** @throws PolicyProblem when something else comes next */
  expect(text: string): void {
    if (!this.accept(text)) {
      this.fail(`"${text}"`);
    }
  }

  /** @throws PolicyProblem when something else comes next */
  name(): Token {
    if (this.peek().kind !== 'name') {
      this.fail('a name');
    }
    return this.take();
  }

  fail(wanted: string): never {
    const { kind, text, position } = this.peek();
    const found = kind === 'end' ? 'it ends' : `there is "${text}"`;
    throw new PolicyProblem(position, `the expression needs ${wanted} where ${found}`);
  }
}

function refuseTooComplex(tokens: readonly Token[]): void {
  let depth = 0;
  for (const [index, { kind, text, position }] of tokens.entries()) {
    if (index > mostTokens) {
      throw new PolicyProblem(position, `an expression has at most ${mostTokens} words and signs`);
    }
    if (kind === 'symbol') {
      depth += ['(', '[', '{'].includes(text) ? 1 : [')', ']', '}'].includes(text) ? -1 : 0;
    }
    if (depth > deepest) {
      throw new PolicyProblem(position, `an expression nests at most ${deepest} levels deep`);
    }
  }
}
