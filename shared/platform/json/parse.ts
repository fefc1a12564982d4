/** Most containers inside one another. Whatever walks parsed data by recursion is safe with far more. */
export const deepest = 64;
/** Most members and elements of one text, all containers together. */
export const mostParts = 10_000;

/** What an object literal would take for its prototype; JSON takes it for a member. */
const prototype = '__proto__';

/** The JSON is valid, but deeper or longer than any message for this service. */
export class TooComplex extends Error {
  /** What was parsed, for the record of the refusal; only its first levels may be walked. */
  readonly value: unknown;

  constructor(message: string, value: unknown) {
    super(message);
    this.value = value;
  }

  override get name(): string {
    return 'TooComplex';
  }
}

/**
 * Parses text that others wrote. A member named `__proto__` gets a name that nothing knows: libraries drop it silently,
 * while a strict schema refuses the other name as it refuses any unknown one.
 * @throws SyntaxError when it is not JSON
 * @throws TooComplex when it is deeper than {@link deepest} or has more parts than {@link mostParts}
 */
export function parseJson(text: string): unknown {
  const value: unknown = JSON.parse(text);
  if (!isSurelySmall(text)) {
    checkSize(value);
  }
  return value;
}

const openBrace = 123;
const openBracket = 91;

/**
 * Whether a text can hold nothing that is looked for, whatever it says: so short that there cannot be too many parts, with too
 * few brackets to be too deep, and with nothing that could be the name of the prototype.
 */
function isSurelySmall(text: string): boolean {
  if (text.length > mostParts || text.includes(prototype) || text.includes('\\u')) {
    return false;
  }
  let open = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === openBrace || code === openBracket) {
      open += 1;
    }
  }
  return open <= deepest;
}

/** The same for who treats text that cannot be taken like text that is not there: undefined for both. */
export function parsedOrUndefined(text: string): unknown {
  try {
    return parseJson(text);
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TooComplex) {
      return undefined;
    }
    throw error;
  }
}

/** Without recursion: the depth of the data is not known yet. */
function checkSize(value: unknown): void {
  let parts = 0;
  let level = containersIn([value]);
  for (let depth = 1; level.length > 0; depth += 1) {
    if (depth > deepest) {
      throw new TooComplex(`nests more than ${deepest} levels deep`, value);
    }
    const below: unknown[] = [];
    for (const container of level) {
      const members = Array.isArray(container) ? container : membersOf(container);
      parts += members.length;
      if (parts > mostParts) {
        throw new TooComplex(`has more than ${mostParts} values`, value);
      }
      // one by one: very many arguments of one call overflow the stack
      for (const member of members) {
        below.push(member);
      }
    }
    level = containersIn(below);
  }
}

function containersIn(values: readonly unknown[]): object[] {
  return values.filter((value): value is object => typeof value === 'object' && value !== null);
}

function membersOf(container: object): unknown[] {
  if (Object.hasOwn(container, prototype)) {
    rename(container as Record<string, unknown>);
  }
  return Object.values(container);
}

function rename(container: Record<string, unknown>): void {
  const value = Object.getOwnPropertyDescriptor(container, prototype)?.value;
  Reflect.deleteProperty(container, prototype);
  container[`(${prototype})`] = value;
}
