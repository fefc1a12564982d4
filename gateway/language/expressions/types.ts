import { Jwt, type PolicyContext } from './context.ts';
import type { NameableType } from './syntax.ts';

/** The static types of expressions: what C# would call them, and the parts of `context`. */
export type TypeName =
  | NameableType
  | 'null'
  | 'context'
  | 'request'
  | 'response'
  | 'url'
  | 'headers'
  | 'variables'
  | 'parameters'
  | 'claims'
  | 'Guid'
  | 'error'
  | 'api'
  | 'operation';

/** What an expression runs in. */
export interface Frame {
  readonly context: PolicyContext;
  readonly locals: Map<string, unknown>;
}

export interface Property {
  readonly type: TypeName;
  // biome-ignore lint/suspicious/noExplicitAny: the compiler has checked the target's type
  get(target: any): unknown;
}

export interface Method {
  /** One list of parameter types for each overload. */
  readonly overloads: readonly (readonly (TypeName | 'T')[])[];
  /** `T` stands for the type between the angle brackets. */
  readonly returns: TypeName | 'T';
  // biome-ignore lint/suspicious/noExplicitAny: the compiler has checked the types
  call(target: any, parameters: readonly any[], generic: NameableType | undefined): unknown;
}

export interface TypeDefinition {
  readonly properties?: Readonly<Record<string, Property>>;
  readonly methods?: Readonly<Record<string, Method>>;
  /** What `target[index]` is. */
  readonly indexer?: { readonly index: TypeName; readonly returns: TypeName; readonly get: Method['call'] };
}

/** An expression that is correct and still fails with these values, as a C# exception would. */
export class ExpressionFailure extends Error {
  override readonly name = 'ExpressionFailure';
}

/** Whether a value is of a type, for casts and generic calls. */
export function isA(value: unknown, type: TypeName): boolean {
  if (type === 'object') {
    return true;
  }
  if (type === 'int') {
    return typeof value === 'number';
  }
  if (type === 'bool') {
    return typeof value === 'boolean';
  }
  if (type === 'string[]') {
    return Array.isArray(value);
  }
  if (type === 'Jwt') {
    return value instanceof Jwt;
  }
  return type === 'string' && typeof value === 'string';
}

/** A cast. @throws ExpressionFailure when the value is of another type */
export function cast(value: unknown, type: TypeName): unknown {
  const nullable = type !== 'int' && type !== 'bool';
  if ((value === null && nullable) || isA(value, type)) {
    return value;
  }
  throw new ExpressionFailure(`The value is not of the type ${type}.`);
}

/** An expression that is checked and ready to run. */
export interface Compiled {
  readonly type: TypeName;
  run(frame: Frame): unknown;
}
