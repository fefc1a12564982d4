/** What a text states that can be held against a record. */
export interface Stated {
  /** Lower case. */
  readonly text: string;
  readonly numbers: ReadonlySet<number>;
}

/** Texts from this length on are told apart from others by chance. */
const shortestText = 3;

const denies = /\b(?:no|none|nothing|not|never|nobody|without|zero)\b|n['’]t\b/;

export function statedIn(text: string): Stated {
  const plain = text.toLowerCase();
  const digits = plain.replace(/(?<=\d),(?=\d{3}\b)/g, '').matchAll(/\d+(?:\.\d+)?/g);
  return { text: plain, numbers: new Set([...digits].map(([found]) => Number(found))) };
}

/**
 * Whether a text states something of a result: one of its numbers, dates or texts, that something is so or not, or that
 * there is nothing.
 */
export function states(stated: Stated, value: unknown, name = ''): boolean {
  switch (typeof value) {
    case 'number':
      return value === 0 ? denies.test(stated.text) || stated.numbers.has(0) : stated.numbers.has(value);
    case 'string':
      return statesText(stated, value);
    case 'boolean':
      return nameWords(name).some((word) => stated.text.includes(word));
    case 'object':
      return value === null ? false : statesAnyOf(stated, value);
    default:
      return false;
  }
}

function statesAnyOf(stated: Stated, value: object): boolean {
  const parts = Array.isArray(value)
    ? value.map((one): [string, unknown] => ['', one])
    : Object.entries(value);
  return parts.length === 0
    ? denies.test(stated.text)
    : parts.some(([name, part]) => states(stated, part, name));
}

function statesText({ text }: Stated, value: string): boolean {
  const plain = value.toLowerCase().trim();
  const day = /^\d{4}-\d{2}-\d{2}/.exec(plain)?.[0];
  return plain.length >= shortestText && text.includes(day ?? plain);
}

/** The words of a member's name, such as `roaming` of `roaming_enabled`. */
function nameWords(name: string): string[] {
  return name
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((word) => word.length > shortestText);
}
