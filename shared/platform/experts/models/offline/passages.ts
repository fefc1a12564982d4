import { termsOf } from '#platform/knowledge/terms';

/** A sentence, an entry of a list or a row of a table, whole. */
export interface Passage {
  readonly text: string;
  /** What stands before a list or at the top of a table; empty for a sentence. */
  readonly heading: string;
}

/** The passages of a Markdown text, in their order, without its marks. */
export function passagesOf(markdown: string): Passage[] {
  const passages: Passage[] = [];
  let heading = '';
  let table: readonly string[] | undefined;
  for (const raw of markdown.split('\n')) {
    const line = raw.trim().replaceAll('**', '');
    if (line.startsWith('|')) {
      const cells = line
        .split('|')
        .map((cell) => cell.trim())
        .filter((cell) => cell !== '');
      if (table === undefined) {
        table = cells;
      } else if (!/^[\s|:-]+$/.test(line)) {
        passages.push({ text: cells.join(': '), heading: table.join(', ') });
      }
      continue;
    }
    table = undefined;
    const entry = /^(?:\d+\.|[-*])\s+(.*)$/.exec(line)?.[1];
    if (entry !== undefined) {
      passages.push({ text: entry, heading });
    } else if (line !== '') {
      const sentences = line.replace(/^#+\s*/, '').split(/(?<=[.!?])\s+(?=\p{Lu})/u);
      passages.push(...sentences.map((text) => ({ text, heading: '' })));
      heading = line.endsWith(':') || sentences.length === 1 ? line.replace(/:$/, '') : '';
    }
  }
  return passages.filter(({ text }) => /\p{L}/u.test(text) && !text.endsWith(':'));
}

/** The fewest passages that have the words of a search, at most so many, in their own order. */
export function passagesAbout(passages: readonly Passage[], search: string, most: number): Passage[] {
  const missing = new Set(termsOf(search));
  const chosen = new Set<Passage>();
  while (chosen.size < most) {
    const scored = passages
      .filter((passage) => !chosen.has(passage))
      .map((passage) => ({ passage, terms: [...termsOf(passage.text)].filter((term) => missing.has(term)) }))
      .toSorted((a, b) => b.terms.length - a.terms.length || a.passage.text.length - b.passage.text.length);
    const [best] = scored;
    if (best === undefined || best.terms.length === 0 || (chosen.size > 0 && best.terms.length < 2)) {
      break;
    }
    chosen.add(best.passage);
    for (const term of best.terms) {
      missing.delete(term);
    }
  }
  return passages.filter((passage) => chosen.has(passage));
}

interface Range {
  readonly from: number;
  readonly to: number;
}

const number = '\\$?(\\d+(?:\\.\\d+)?)(?:\\s*(?:%|hours?|days?|GB))?';
/** Forms in which documents name a range, the special ones first. */
const forms: readonly (readonly [RegExp, (first: number, second: number) => Range])[] = [
  [new RegExp(`more than ${number},? up to ${number}`), (from, to) => ({ from: from + 1e-9, to })],
  [new RegExp(`(?:from|between) ${number} (?:to|and) ${number}`), (from, to) => ({ from, to })],
  [new RegExp(`^${number} to ${number}`), (from, to) => ({ from, to })],
  [new RegExp(`up to ${number}`), (to) => ({ from: 0, to })],
  [new RegExp(`(?:under|below|less than) ${number}`), (to) => ({ from: 0, to: to - 1e-9 })],
  [
    new RegExp(`(?:above|over|more than) ${number}`),
    (from) => ({ from: from + 1e-9, to: Number.POSITIVE_INFINITY }),
  ],
  [new RegExp(`^${number} or more`), (from) => ({ from, to: Number.POSITIVE_INFINITY })],
];

/** The range that a passage is about, such as "from 50.01 to 200.00"; undefined when it names none. */
export function rangeOf(text: string): Range | undefined {
  for (const [pattern, toRange] of forms) {
    const found = pattern.exec(text.toLowerCase());
    if (found !== null) {
      return toRange(Number(found[1]), Number(found[2]));
    }
  }
  return undefined;
}

/** The passages of a list or table that apply to a value. */
export function applying(passages: readonly Passage[], value: number): Passage[] {
  return passages.filter(({ text, heading }) => {
    const range = heading === '' ? undefined : rangeOf(text);
    return range !== undefined && value >= range.from && value <= range.to;
  });
}
