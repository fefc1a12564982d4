import type { JsonObject, JsonValue } from './pin.ts';

/** One thing that is not what it was, and where: the names of the members that lead there. */
export interface Difference {
  readonly path: readonly string[];
  readonly kind: 'added' | 'removed' | 'changed' | 'reordered';
  /** Undefined when it is new. */
  readonly before?: JsonValue;
  /** Undefined when it is gone. */
  readonly after?: JsonValue;
}

/** Every member that is not the same, the innermost ones; in the order of what was there before. */
export function differences(
  before: JsonValue,
  after: JsonValue,
  path: readonly string[] = [],
): readonly Difference[] {
  if (JSON.stringify(before) === JSON.stringify(after)) {
    return [];
  }
  const [old, now] = [membersOf(before), membersOf(after)];
  if (old === undefined || now === undefined) {
    return [{ path, kind: 'changed', before, after }];
  }
  const found = [
    ...Object.entries(old).flatMap(([name, value]) => {
      const there = now[name];
      return there === undefined
        ? [{ path: [...path, name], kind: 'removed' as const, before: value }]
        : differences(value, there, [...path, name]);
    }),
    ...Object.entries(now)
      .filter(([name]) => !(name in old))
      .map(([name, value]) => ({ path: [...path, name], kind: 'added' as const, after: value })),
  ];
  return found.length > 0 ? found : [{ path, kind: 'reordered', before, after }];
}

/**
 * The members of what has some: those of an object by name, of a list of texts by the text, of a list of objects by
 * the name of each, or else by place.
 */
function membersOf(value: JsonValue): JsonObject | undefined {
  if (typeof value !== 'object' || value === null) {
    return undefined;
  }
  if (!Array.isArray(value)) {
    return value as JsonObject;
  }
  return Object.fromEntries((value as readonly JsonValue[]).map((one, place) => [keyOf(one, place), one]));
}

function keyOf(value: JsonValue, place: number): string {
  if (typeof value === 'string') {
    return value;
  }
  const name = typeof value === 'object' && value !== null && 'name' in value ? value.name : undefined;
  return typeof name === 'string' ? name : String(place);
}
