import type { Position } from '../problem.ts';

/** The types that an expression may name, in casts, generic calls and `new`. */
export const nameableTypes = [
  'string',
  'int',
  'bool',
  'object',
  'string[]',
  'Jwt',
  'JObject',
  'JArray',
  'JProperty',
] as const;
export type NameableType = (typeof nameableTypes)[number];

export type BinaryOperator = '??' | '||' | '&&' | '==' | '!=' | '<' | '>' | '<=' | '>=' | '+' | '-';

/** An expression as written; nothing in it is resolved yet. */
export type Expression = { readonly position: Position } & (
  | { readonly kind: 'literal'; readonly value: string | number | boolean | null }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'member'; readonly target: Expression; readonly name: string }
  | {
      readonly kind: 'call';
      readonly target: Expression;
      readonly name: string;
      readonly generic: NameableType | undefined;
      readonly parameters: readonly Expression[];
    }
  | { readonly kind: 'index'; readonly target: Expression; readonly index: Expression }
  | { readonly kind: 'cast'; readonly type: NameableType; readonly operand: Expression }
  | { readonly kind: 'new'; readonly type: NameableType; readonly parameters: readonly Expression[] }
  | { readonly kind: 'not'; readonly operand: Expression }
  | {
      readonly kind: 'binary';
      readonly operator: BinaryOperator;
      readonly left: Expression;
      readonly right: Expression;
    }
  | {
      readonly kind: 'conditional';
      readonly condition: Expression;
      readonly whenTrue: Expression;
      readonly whenFalse: Expression;
    }
);

/** A statement of the block form `@{ … }`. */
export type Statement = { readonly position: Position } & (
  | { readonly kind: 'var'; readonly name: string; readonly value: Expression }
  | { readonly kind: 'return'; readonly value: Expression }
  | {
      readonly kind: 'if';
      readonly condition: Expression;
      readonly whenTrue: readonly Statement[];
      readonly whenFalse: readonly Statement[];
    }
);
