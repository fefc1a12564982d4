import { type Stated, statedIn, states } from '../values-stated.ts';
import type { Source } from './sources.ts';

const question = 'your question';
const model = 'the expert’s own words';

/**
 * Where the arguments of a call come from, value by value: the person's own words count before everything else, then what
 * was read, the latest first.
 * @returns undefined when all of it is in the person's own words and nothing was read in which others write
 */
export function wishFor(
  args: Readonly<Record<string, unknown>>,
  own: string,
  sources: readonly Source[],
): string | undefined {
  const places = [
    { name: question, stated: plain(own) },
    ...sources.toReversed().map(({ name, text }) => ({ name, stated: plain(text) })),
  ];
  const found = new Map<string, string[]>();
  for (const [name, value] of valuesOf(args)) {
    const place = places.find(({ stated }) => says(stated, value, name))?.name ?? model;
    found.set(place, [...(found.get(place) ?? []), name]);
  }
  const others = new Set(
    sources.filter(({ labels }) => labels.integrity === 'untrusted').map(({ name }) => name),
  );
  const isAsked = [...found.keys()].every((place) => place === question);
  if (isAsked && others.size === 0) {
    return undefined;
  }
  const from = [...found].map(([place, names]) => `${place} (${names.join(', ')})`);
  const more = [...others].filter((name) => !found.has(name));
  return [
    `Where this comes from: ${from.join('; ') || model}.`,
    ...(more.length > 0 ? [`Read before it: ${more.join('; ')}.`] : []),
  ].join(' ');
}

/** The values of arguments, each by the name of its member; a key against repetition says nothing. */
function valuesOf(args: Readonly<Record<string, unknown>>): (readonly [string, unknown])[] {
  return Object.entries(args).flatMap(([name, value]) => {
    if (name === 'idempotency_key' || value === undefined) {
      return [];
    }
    if (Array.isArray(value)) {
      return value.flatMap((one) => valuesOf({ [name]: one }));
    }
    return typeof value === 'object' && value !== null
      ? valuesOf(value as Readonly<Record<string, unknown>>)
      : [[name, value] as const];
  });
}

/** Choices are written with `_` in arguments and without in sentences. */
function plain(text: string): Stated {
  return statedIn(text.replaceAll('_', ' '));
}

function says(stated: Stated, value: unknown, name: string): boolean {
  return states(stated, typeof value === 'string' ? value.replaceAll('_', ' ') : value, name);
}
