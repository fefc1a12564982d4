import { LeastRecentlyUsed } from '#platform/caching/lru';
import { PolicyProblem, type Position } from '../problem.ts';
import { library, staticMethods } from './library.ts';
import { binary } from './operators.ts';
import { parseBlock, parseExpression } from './parser.ts';
import type { Expression, NameableType, Statement } from './syntax.ts';
import { type Compiled, cast, ExpressionFailure, type Frame, type Method, type TypeName } from './types.ts';

type Locals = ReadonlyMap<string, TypeName>;

/** What was right before, by its text: the same expressions stand in the policies of every tenant. */
const known = new LeastRecentlyUsed<string, Compiled>(2_000);

/**
 * Compiles `@( … )` or `@{ … }`.
 * @throws PolicyProblem at anything that is unknown, not supported or of the wrong type
 */
export function compileExpression(source: string, position: Position): Compiled {
  const before = known.get(source);
  if (before !== undefined) {
    return before;
  }
  const compiled = compileNew(source, position);
  known.set(source, compiled);
  return compiled;
}

function compileNew(source: string, position: Position): Compiled {
  const inside = source.slice(2, -1);
  if (source.startsWith('@(') && source.endsWith(')')) {
    return resolve(parseExpression(inside, position), new Map());
  }
  if (!source.startsWith('@{') || !source.endsWith('}')) {
    throw new PolicyProblem(position, 'an expression is written @( … ) or @{ … }');
  }
  const block = compileBlock(parseBlock(inside, position), new Map());
  if (block.type === undefined) {
    throw new PolicyProblem(position, 'not every way through the block returns');
  }
  const { type } = block;
  return { type, run: (frame) => block.run({ ...frame, locals: new Map() })?.value };
}

interface Block {
  /** Type of what it returns; undefined when it can end without. */
  readonly type: TypeName | undefined;
  run(frame: Frame): { readonly value: unknown } | undefined;
}

function compileBlock(statements: readonly Statement[], outer: Locals): Block {
  const locals = new Map(outer);
  const steps: Block[] = [];
  for (const statement of statements) {
    if (steps.at(-1)?.type !== undefined) {
      throw new PolicyProblem(statement.position, 'nothing can follow a return');
    }
    steps.push(compileStatement(statement, locals));
  }
  const run = (frame: Frame) => {
    for (const step of steps) {
      const returned = step.run(frame);
      if (returned !== undefined) {
        return returned;
      }
    }
    return undefined;
  };
  return { type: steps.at(-1)?.type, run };
}

function compileStatement(statement: Statement, locals: Map<string, TypeName>): Block {
  if (statement.kind === 'var') {
    return compileVariable(statement, locals);
  }
  if (statement.kind === 'return') {
    const value = resolve(statement.value, locals);
    return { type: value.type, run: (frame) => ({ value: value.run(frame) }) };
  }
  const condition = ofType(resolve(statement.condition, locals), 'bool', statement.position);
  const whenTrue = compileBlock(statement.whenTrue, locals);
  const whenFalse = compileBlock(statement.whenFalse, locals);
  const both = whenTrue.type !== undefined && whenFalse.type !== undefined;
  return {
    type: both ? whenTrue.type : undefined,
    run: (frame) => (condition.run(frame) === true ? whenTrue : whenFalse).run(frame),
  };
}

function compileVariable(
  { name, value, position }: Extract<Statement, { kind: 'var' }>,
  locals: Map<string, TypeName>,
): Block {
  if (name === 'context' || locals.has(name)) {
    throw new PolicyProblem(position, `${name} is defined already`);
  }
  const compiled = resolve(value, locals);
  locals.set(name, compiled.type);
  return {
    type: undefined,
    run(frame) {
      frame.locals.set(name, compiled.run(frame));
      return undefined;
    },
  };
}

function resolve(expression: Expression, locals: Locals): Compiled {
  const { position } = expression;
  switch (expression.kind) {
    case 'literal':
      return literal(expression.value);
    case 'name':
      return named(expression.name, locals, position);
    case 'member':
      return member(resolve(expression.target, locals), expression.name, position);
    case 'call':
      return call(expression, locals);
    case 'index':
      return indexed(resolve(expression.target, locals), resolve(expression.index, locals), position);
    case 'cast': {
      const operand = resolve(expression.operand, locals);
      const { type } = expression;
      if (operand.type !== 'object' && operand.type !== type) {
        throw new PolicyProblem(position, `a ${operand.type} cannot be cast to ${type}`);
      }
      return { type, run: (frame) => cast(operand.run(frame), type) };
    }
    case 'new':
      return created(
        expression.type,
        expression.parameters.map((one) => resolve(one, locals)),
        position,
      );
    case 'not': {
      const operand = ofType(resolve(expression.operand, locals), 'bool', position);
      return { type: 'bool', run: (frame) => operand.run(frame) !== true };
    }
    case 'binary':
      return binary(
        expression.operator,
        resolve(expression.left, locals),
        resolve(expression.right, locals),
        position,
      );
    case 'conditional': {
      const condition = ofType(resolve(expression.condition, locals), 'bool', position);
      const whenTrue = resolve(expression.whenTrue, locals);
      const whenFalse = ofType(resolve(expression.whenFalse, locals), whenTrue.type, position);
      return {
        type: whenTrue.type,
        run: (frame) => (condition.run(frame) === true ? whenTrue : whenFalse).run(frame),
      };
    }
  }
}

function literal(value: string | number | boolean | null): Compiled {
  const types = { string: 'string', number: 'int', boolean: 'bool' } as const;
  const type = value === null ? 'null' : types[typeof value as keyof typeof types];
  return { type, run: () => value };
}

function named(name: string, locals: Locals, position: Position): Compiled {
  if (name === 'context') {
    return { type: 'context', run: (frame) => frame.context };
  }
  const type = locals.get(name);
  if (type === undefined) {
    throw new PolicyProblem(position, `"${name}" is not known in expressions here`);
  }
  return { type, run: (frame) => frame.locals.get(name) };
}

/** @throws ExpressionFailure as C# does when something is null */
function there(value: unknown): unknown {
  if (value === null || value === undefined) {
    throw new ExpressionFailure('Something is null.');
  }
  return value;
}

function member(target: Compiled, name: string, position: Position): Compiled {
  const properties = library[target.type]?.properties ?? {};
  const found = Object.hasOwn(properties, name) ? properties[name] : undefined;
  if (found === undefined) {
    throw new PolicyProblem(position, `${target.type} has no property ${name} here`);
  }
  return { type: found.type, run: (frame) => found.get(there(target.run(frame))) };
}

function call(expression: Extract<Expression, { kind: 'call' }>, locals: Locals): Compiled {
  const { target, name, generic, position } = expression;
  const parameters = expression.parameters.map((parameter) => resolve(parameter, locals));
  const fixed = target.kind === 'name' ? staticMethods[`${target.name}.${name}`] : undefined;
  if (fixed !== undefined) {
    return invoke(name, fixed, undefined, parameters, generic, position);
  }
  const receiver = resolve(target, locals);
  const methods = library[receiver.type]?.methods ?? {};
  const found = Object.hasOwn(methods, name) ? methods[name] : undefined;
  if (found === undefined) {
    throw new PolicyProblem(position, `${receiver.type} has no method ${name} here`);
  }
  return invoke(name, found, receiver, parameters, generic, position);
}

function invoke(
  name: string,
  method: Method,
  receiver: Compiled | undefined,
  parameters: readonly Compiled[],
  generic: NameableType | undefined,
  position: Position,
): Compiled {
  if ((method.returns === 'T') !== (generic !== undefined)) {
    throw new PolicyProblem(
      position,
      `${name} is written ${generic ? 'without' : 'with'} a type in angle brackets`,
    );
  }
  const wanted = (type: string) => (type === 'T' ? (generic ?? 'object') : type);
  const fits = method.overloads.some(
    (overload) =>
      overload.length === parameters.length &&
      overload.every((type, index) => parameters[index]?.type === wanted(type)),
  );
  if (!fits) {
    const types = parameters.map(({ type }) => type).join(', ');
    throw new PolicyProblem(position, `${name} does not take (${types}) here`);
  }
  const type = method.returns === 'T' ? (generic ?? 'object') : method.returns;
  return {
    type,
    run: (frame) => {
      const on = receiver === undefined ? undefined : there(receiver.run(frame));
      return method.call(
        on,
        parameters.map((parameter) => parameter.run(frame)),
        generic,
      );
    },
  };
}

function indexed(target: Compiled, index: Compiled, position: Position): Compiled {
  const indexer = library[target.type]?.indexer;
  if (indexer === undefined || indexer.index !== index.type) {
    throw new PolicyProblem(position, `a ${target.type} cannot be indexed by a ${index.type} here`);
  }
  return {
    type: indexer.returns,
    run: (frame) => indexer.get(there(target.run(frame)), [index.run(frame)], undefined),
  };
}

function created(type: NameableType, parameters: readonly Compiled[], position: Position): Compiled {
  const values = (frame: Frame) => parameters.map((parameter) => parameter.run(frame));
  if (type === 'JProperty') {
    const [name, value] = parameters;
    if (parameters.length !== 2 || name?.type !== 'string' || value === undefined) {
      throw new PolicyProblem(position, 'new JProperty takes a name and a value');
    }
    return { type, run: values };
  }
  const inside = type === 'JObject' ? 'JProperty' : type === 'string[]' ? 'string' : undefined;
  if (inside !== undefined) {
    for (const parameter of parameters) {
      ofType(parameter, inside, position);
    }
  }
  if (type === 'JObject') {
    return { type, run: (frame) => Object.fromEntries(values(frame) as [string, unknown][]) };
  }
  return { type, run: values };
}

/** @throws PolicyProblem when the expression is of another type */
function ofType(compiled: Compiled, type: TypeName, position: Position): Compiled {
  if (compiled.type === type || (type !== 'int' && type !== 'bool' && compiled.type === 'null')) {
    return compiled;
  }
  throw new PolicyProblem(position, `a ${type} is needed where there is a ${compiled.type}`);
}
