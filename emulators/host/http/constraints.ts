/** Says whether a decoded route value is allowed. */
export type Constraint = (value: string) => boolean;

const INT_RANGE = [-(2n ** 31n), 2n ** 31n - 1n] as const;
const LONG_RANGE = [-(2n ** 63n), 2n ** 63n - 1n] as const;
const GUID =
  /^(?:[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\{[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\}|\([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\))$/i;
const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

/** The inline constraints of ASP.NET Core routing, by name, in lower case. Each throws an Error for arguments it cannot take. */
const CONSTRAINTS: Readonly<Record<string, (args: string | undefined) => Constraint>> = {
  int: () => within(...INT_RANGE),
  long: () => within(...LONG_RANGE),
  guid: () => (value) => GUID.test(value),
  bool: () => (value) => /^(?:true|false)$/i.test(value),
  alpha: () => (value) => /^[a-z]*$/i.test(value),
  decimal: () => (value) => /^[+-]?(?:\d+\.?\d*|\.\d+)$/.test(value),
  double: () => (value) => NUMBER.test(value),
  float: () => (value) => NUMBER.test(value),
  datetime: () => (value) => !Number.isNaN(Date.parse(value)),
  required: () => (value) => value !== '',
  file: () => (value) => /\.[^./]+$/.test(value),
  nonfile: () => (value) => !/\.[^./]+$/.test(value),
  min: (args) => within(wholeNumber(args), LONG_RANGE[1]),
  max: (args) => within(LONG_RANGE[0], wholeNumber(args)),
  range: (args) => within(...pair(args)),
  minlength: (args) => lengthWithin(wholeNumber(args), LONG_RANGE[1]),
  maxlength: (args) => lengthWithin(0n, wholeNumber(args)),
  length: (args) => (args?.includes(',') ? lengthWithin(...pair(args)) : exactLength(wholeNumber(args))),
  regex: (args) => {
    if (!args) {
      throw new Error('needs an expression');
    }
    const expression = new RegExp(args, 'i');
    return (value) => expression.test(value);
  },
};

/**
 * The constraint that a route template names, for example `int` or `range(1,9)`.
 * Throws an Error for a name that ASP.NET Core does not know, and for arguments that do not fit.
 */
export function createConstraint(name: string, args: string | undefined): Constraint {
  const create = CONSTRAINTS[name.toLowerCase()];
  if (!create) {
    throw new Error(`the constraint "${name}" does not exist`);
  }
  try {
    return create(args);
  } catch (error) {
    throw new Error(`the constraint "${name}(${args ?? ''})" is wrong: ${(error as Error).message}`);
  }
}

function wholeNumber(text: string | undefined): bigint {
  if (text === undefined || !/^[+-]?\d+$/.test(text.trim())) {
    throw new Error('needs a whole number');
  }
  return BigInt(text.trim());
}

function pair(args: string | undefined): [bigint, bigint] {
  const [low, high] = args?.split(',') ?? [];
  return [wholeNumber(low), wholeNumber(high)];
}

function within(low: bigint, high: bigint): Constraint {
  return (value) =>
    /^[+-]?\d+$/.test(value) &&
    BigInt(value.replace(/^\+/, '')) >= low &&
    BigInt(value.replace(/^\+/, '')) <= high;
}

function lengthWithin(low: bigint, high: bigint): Constraint {
  return (value) => value.length >= low && value.length <= high;
}

function exactLength(length: bigint): Constraint {
  return (value) => BigInt(value.length) === length;
}
