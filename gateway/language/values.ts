import { compileExpression } from './expressions/compile.ts';
import type { PolicyContext } from './expressions/context.ts';
import type { TypeName } from './expressions/types.ts';
import { PolicyProblem, type Position } from './problem.ts';

/** What an attribute or a text may hold; a list names all allowed texts. */
export type ValueKind = 'text' | 'integer' | 'boolean' | 'variable' | readonly string[];

/** The types that `set-variable` takes, after its reference; no lists of texts, and nothing that is not cast. */
const variableTypes: readonly TypeName[] = [
  'string',
  'int',
  'bool',
  'Guid',
  'JObject',
  'JArray',
  'JProperty',
];

/** A literal or an expression, ready to be asked. */
export type Value<Result> = (context: PolicyContext) => Result;

const typeOf = { text: 'string', integer: 'int', boolean: 'bool' } as const;

export function isExpression(text: string): boolean {
  return /^@[({]/.test(text);
}

/**
 * Checks a literal or compiles an expression.
 * @param text named values are put in already
 * @throws PolicyProblem when it is not of the kind
 */
export function compileValue(kind: ValueKind, text: string, position: Position): Value<unknown> {
  const trimmed = text.trim();
  if (!isExpression(trimmed)) {
    const literal = readLiteral(kind, text, position);
    return () => literal;
  }
  const expression = compileExpression(trimmed, position);
  if (kind === 'variable') {
    if (!variableTypes.includes(expression.type)) {
      throw new PolicyProblem(position, `a variable cannot hold a ${expression.type}`);
    }
    return (context) => expression.run({ context, locals: new Map() });
  }
  const wanted: TypeName = typeof kind === 'string' ? typeOf[kind] : 'string';
  if (expression.type !== wanted) {
    throw new PolicyProblem(position, `the expression gives a ${expression.type}; it must give a ${wanted}`);
  }
  return (context) => expression.run({ context, locals: new Map() });
}

function readLiteral(kind: ValueKind, text: string, position: Position): unknown {
  if (kind === 'text' || kind === 'variable') {
    return text;
  }
  if (kind === 'integer') {
    if (!/^\d+$/.test(text)) {
      throw new PolicyProblem(position, `"${text}" must be a whole number`);
    }
    return Number(text);
  }
  if (kind === 'boolean') {
    if (text !== 'true' && text !== 'false') {
      throw new PolicyProblem(position, `"${text}" must be true or false`);
    }
    return text === 'true';
  }
  if (!kind.includes(text)) {
    throw new PolicyProblem(position, `"${text}" must be one of ${kind.join(', ')}`);
  }
  return text;
}
