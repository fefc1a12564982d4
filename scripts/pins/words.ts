import type { Difference } from './differences.ts';
import type { JsonValue } from './pin.ts';
import { schemaPlace } from './schema-path.ts';

/** Longest value that is shown whole, in characters. */
const longest = 300;

/** A difference in words for a person, such as `input amount, maximum: was 5, is 4`. */
export function wordsOf(difference: Difference): string {
  const { kind, before, after } = difference;
  const { where, isMember } = placeOf(difference.path);
  switch (kind) {
    case 'added':
      return isMember ? `${where}: now also ${shown(after)}` : `${where}: is new, ${shown(after)}`;
    case 'removed':
      return isMember ? `${where}: no longer ${shown(before)}` : `${where}: is gone, was ${shown(before)}`;
    case 'changed':
      return `${where}: was ${shown(before)}, is ${shown(after)}`;
    case 'reordered':
      return `${where}: the order has changed`;
  }
}

interface Place {
  readonly where: string;
  /** Whether it is a word in a list. */
  readonly isMember: boolean;
}

const sides: Readonly<Record<string, string>> = { inputSchema: 'input', outputSchema: 'output' };
/** Lists of words outside of schemas. */
const lists = new Set(['roles', 'formerNames', 'tools', 'prompts', 'resourceTemplates', 'supportedVersions']);

function placeOf(path: readonly string[]): Place {
  const names = path[0] === 'listed' ? path.slice(1) : path;
  const side = sides[names[0] ?? ''];
  if (side === undefined) {
    const isMember = lists.has(names.at(-2) ?? '');
    return { where: (isMember ? names.slice(0, -1) : names).join(', ') || 'the whole', isMember };
  }
  const { field, end, keyword } = schemaPlace(names.slice(1));
  const what = [`${side} ${field}`.trim(), ...(keyword === '' ? [] : [keyword])].join(', ');
  return { where: what, isMember: end === 'member' };
}

function shown(value: JsonValue | undefined): string {
  const text = JSON.stringify(value ?? null);
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}
