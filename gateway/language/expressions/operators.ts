import { PolicyProblem, type Position } from '../problem.ts';
import type { BinaryOperator } from './syntax.ts';
import type { Compiled, Frame, TypeName } from './types.ts';

type Sides = (left: Compiled, right: Compiled) => Compiled | undefined;

const bothAre = (type: TypeName, left: Compiled, right: Compiled) =>
  left.type === type && right.type === type;

const logical =
  (stopsAt: boolean): Sides =>
  (left, right) => {
    if (!bothAre('bool', left, right)) {
      return undefined;
    }
    const run = (frame: Frame) => (left.run(frame) === stopsAt ? stopsAt : right.run(frame));
    return { type: 'bool', run };
  };

/** C# compares an `object` by identity, so such a comparison is refused: cast it first. */
const equality =
  (wanted: boolean): Sides =>
  (left, right) => {
    const comparable = ['string', 'int', 'bool'].includes(left.type) && left.type === right.type;
    const withNull = [left.type, right.type].includes('null') && !['int', 'bool'].includes(left.type);
    if (!comparable && !withNull) {
      return undefined;
    }
    return { type: 'bool', run: (frame) => (left.run(frame) === right.run(frame)) === wanted };
  };

const arithmetic =
  (type: 'int' | 'bool', calculate: (left: number, right: number) => unknown): Sides =>
  (left, right) => {
    if (!bothAre('int', left, right)) {
      return undefined;
    }
    return { type, run: (frame) => calculate(left.run(frame) as number, right.run(frame) as number) };
  };

const joinable: readonly TypeName[] = ['string', 'int', 'null'];

const addition: Sides = (left, right) => {
  if (bothAre('int', left, right)) {
    return arithmetic('int', (a, b) => a + b)(left, right);
  }
  if (left.type !== 'string' && right.type !== 'string') {
    return undefined;
  }
  if (!joinable.includes(left.type) || !joinable.includes(right.type)) {
    return undefined;
  }
  return { type: 'string', run: (frame) => `${left.run(frame) ?? ''}${right.run(frame) ?? ''}` };
};

const coalescing: Sides = (left, right) => {
  if (left.type !== right.type || left.type === 'int' || left.type === 'bool') {
    return undefined;
  }
  return { type: left.type, run: (frame) => left.run(frame) ?? right.run(frame) };
};

const operators: Readonly<Record<BinaryOperator, Sides>> = {
  '??': coalescing,
  '||': logical(true),
  '&&': logical(false),
  '==': equality(true),
  '!=': equality(false),
  '<': arithmetic('bool', (left, right) => left < right),
  '>': arithmetic('bool', (left, right) => left > right),
  '<=': arithmetic('bool', (left, right) => left <= right),
  '>=': arithmetic('bool', (left, right) => left >= right),
  '+': addition,
  '-': arithmetic('int', (left, right) => left - right),
};

/** @throws PolicyProblem when the operator does not work on these types */
export function binary(
  operator: BinaryOperator,
  left: Compiled,
  right: Compiled,
  position: Position,
): Compiled {
  const compiled = operators[operator](left, right);
  if (compiled !== undefined) {
    return compiled;
  }
  throw new PolicyProblem(position, `${operator} does not work on a ${left.type} and a ${right.type} here`);
}
