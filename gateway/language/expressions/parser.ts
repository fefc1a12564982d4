import type { Position } from '../problem.ts';
import { tokenize } from './lexer.ts';
import type { BinaryOperator, Expression, NameableType, Statement } from './syntax.ts';
import { nameableTypes } from './syntax.ts';
import { TokenReader } from './tokens.ts';

/** Binary operators from the loosest to the tightest (C# specification, operator precedence). */
const levels: readonly (readonly BinaryOperator[])[] = [
  ['??'],
  ['||'],
  ['&&'],
  ['==', '!='],
  ['<=', '>=', '<', '>'],
  ['+', '-'],
];

/**
 * Parses the inside of `@( … )`.
 * @throws PolicyProblem at anything outside the supported subset of C#
 */
export function parseExpression(source: string, start: Position): Expression {
  const reader = new TokenReader(tokenize(source, start));
  const expression = parseConditional(reader);
  if (reader.peek().kind !== 'end') {
    reader.fail('its end');
  }
  return expression;
}

/**
 * Parses the inside of `@{ … }`.
 * @throws PolicyProblem at anything outside the supported subset of C#
 */
export function parseBlock(source: string, start: Position): Statement[] {
  const reader = new TokenReader(tokenize(source, start));
  const statements: Statement[] = [];
  while (reader.peek().kind !== 'end') {
    statements.push(parseStatement(reader));
  }
  return statements;
}

function parseStatement(reader: TokenReader): Statement {
  const { position } = reader.peek();
  if (reader.isName('if')) {
    return parseIf(reader);
  }
  const statement = parseSimpleStatement(reader, position);
  reader.expect(';');
  return statement;
}

function parseSimpleStatement(reader: TokenReader, position: Position): Statement {
  if (reader.isName('return')) {
    reader.take();
    return { kind: 'return', value: parseConditional(reader), position };
  }
  if (!reader.isName('var')) {
    reader.fail('var, if or return');
  }
  reader.take();
  const name = reader.name().text;
  reader.expect('=');
  return { kind: 'var', name, value: parseConditional(reader), position };
}

function parseIf(reader: TokenReader): Statement {
  const { position } = reader.take();
  reader.expect('(');
  const condition = parseConditional(reader);
  reader.expect(')');
  const whenTrue = parseBraces(reader);
  if (!reader.isName('else')) {
    return { kind: 'if', condition, whenTrue, whenFalse: [], position };
  }
  reader.take();
  const whenFalse = reader.isName('if') ? [parseIf(reader)] : parseBraces(reader);
  return { kind: 'if', condition, whenTrue, whenFalse, position };
}

function parseBraces(reader: TokenReader): Statement[] {
  reader.expect('{');
  const statements: Statement[] = [];
  while (!reader.accept('}')) {
    statements.push(parseStatement(reader));
  }
  return statements;
}

function parseConditional(reader: TokenReader): Expression {
  const condition = parseBinary(reader, 0);
  if (!reader.accept('?')) {
    return condition;
  }
  const whenTrue = parseConditional(reader);
  reader.expect(':');
  const whenFalse = parseConditional(reader);
  return { kind: 'conditional', condition, whenTrue, whenFalse, position: condition.position };
}

function parseBinary(reader: TokenReader, level: number): Expression {
  const operators = levels[level];
  if (operators === undefined) {
    return parseUnary(reader);
  }
  let left = parseBinary(reader, level + 1);
  for (;;) {
    const operator = operators.find((candidate) => reader.isSymbol(candidate));
    if (operator === undefined) {
      return left;
    }
    const { position } = reader.take();
    left = { kind: 'binary', operator, left, right: parseBinary(reader, level + 1), position };
  }
}

function parseUnary(reader: TokenReader): Expression {
  const { position } = reader.peek();
  if (reader.accept('!')) {
    return { kind: 'not', operand: parseUnary(reader), position };
  }
  const type = castAhead(reader);
  if (type === undefined) {
    return parsePostfix(reader);
  }
  for (let count = type.length; count > 0; count -= 1) {
    reader.take();
  }
  return { kind: 'cast', type: type.name, operand: parseUnary(reader), position };
}

/** `(int)` and the like, and how many tokens it takes; a name in parentheses that is no type is just that. */
function castAhead(reader: TokenReader): { name: NameableType; length: number } | undefined {
  if (!reader.isSymbol('(')) {
    return undefined;
  }
  const isArray = reader.isSymbol('[', 2) && reader.isSymbol(']', 3);
  const length = isArray ? 5 : 3;
  const name = nameable(`${reader.peek(1).text}${isArray ? '[]' : ''}`);
  const closes = reader.isSymbol(')', length - 1);
  return name !== undefined && reader.peek(1).kind === 'name' && closes ? { name, length } : undefined;
}

function nameable(text: string): NameableType | undefined {
  return nameableTypes.find((type) => type === text);
}

function parsePostfix(reader: TokenReader): Expression {
  let target = parsePrimary(reader);
  for (;;) {
    const { position } = reader.peek();
    if (reader.accept('[')) {
      target = { kind: 'index', target, index: parseConditional(reader), position };
      reader.expect(']');
    } else if (reader.accept('.')) {
      target = parseMember(reader, target);
    } else {
      return target;
    }
  }
}

function parseMember(reader: TokenReader, target: Expression): Expression {
  const { text: name, position } = reader.name();
  const generic = parseGeneric(reader);
  if (!reader.accept('(')) {
    if (generic !== undefined) {
      reader.fail('"("');
    }
    return { kind: 'member', target, name, position };
  }
  return { kind: 'call', target, name, generic, parameters: parseList(reader, ')'), position };
}

/** `<string>` between a method's name and its parameters; otherwise the `<` compares. */
function parseGeneric(reader: TokenReader): NameableType | undefined {
  if (!reader.isSymbol('<')) {
    return undefined;
  }
  const isArray = reader.isSymbol('[', 2) && reader.isSymbol(']', 3);
  const length = isArray ? 5 : 3;
  const type = nameable(`${reader.peek(1).text}${isArray ? '[]' : ''}`);
  if (type === undefined || !reader.isSymbol('>', length - 1)) {
    return undefined;
  }
  for (let count = length; count > 0; count -= 1) {
    reader.take();
  }
  return type;
}

function parseList(reader: TokenReader, end: ')' | '}'): Expression[] {
  const list: Expression[] = [];
  if (reader.accept(end)) {
    return list;
  }
  do {
    list.push(parseConditional(reader));
  } while (reader.accept(','));
  reader.expect(end);
  return list;
}

const words: ReadonlyMap<string, boolean | null> = new Map([
  ['true', true],
  ['false', false],
  ['null', null],
]);

function parsePrimary(reader: TokenReader): Expression {
  const token = reader.peek();
  const { position } = token;
  if (reader.accept('(')) {
    const inner = parseConditional(reader);
    reader.expect(')');
    return inner;
  }
  if (token.kind === 'symbol' || token.kind === 'end') {
    reader.fail('a value');
  }
  reader.take();
  if (token.kind === 'string') {
    return { kind: 'literal', value: token.text, position };
  }
  if (token.kind === 'number') {
    return { kind: 'literal', value: Number(token.text), position };
  }
  if (token.text === 'new') {
    return parseNew(reader, position);
  }
  const word = words.get(token.text);
  if (word !== undefined) {
    return { kind: 'literal', value: word, position };
  }
  return { kind: 'name', name: token.text, position };
}

/** `new JObject(…)`, `new [] { … }` and `new string[] { … }`. */
function parseNew(reader: TokenReader, position: Position): Expression {
  if (reader.peek().kind === 'name' && !reader.isSymbol('[', 1)) {
    const type = nameable(reader.peek().text);
    if (type === undefined || !['JObject', 'JArray', 'JProperty'].includes(type)) {
      reader.fail('JObject, JArray, JProperty or string[]');
    }
    reader.take();
    reader.expect('(');
    return { kind: 'new', type, parameters: parseList(reader, ')'), position };
  }
  if (reader.isName('string')) {
    reader.take();
  }
  reader.expect('[');
  reader.expect(']');
  reader.expect('{');
  return { kind: 'new', type: 'string[]', parameters: parseList(reader, '}'), position };
}
