import type { Faker } from '@faker-js/faker';

/**
 * Deals values to `count` places in exact proportions and in random order: independent draws would only come
 * near the proportions. Shares are fractions of 1 and add up to 1; a count that does not divide is rounded.
 */
export function deal<T>(
  random: Faker,
  count: number,
  shares: readonly (readonly [value: T, share: number])[],
): T[] {
  const dealt: T[] = [];
  let sum = 0;
  for (const [value, share] of shares) {
    sum += share;
    const upTo = Math.round(count * sum);
    while (dealt.length < upTo) {
      dealt.push(value);
    }
  }
  return random.helpers.shuffle(dealt);
}

/** The same share for every value. */
export function dealEvenly<T>(random: Faker, count: number, values: readonly T[]): T[] {
  return deal(
    random,
    count,
    values.map((value) => [value, 1 / values.length] as const),
  );
}

/** Pairs each value of a list with the one dealt to its place. */
export function zip<A, B>(left: readonly A[], right: readonly B[]): [A, B][] {
  return left.flatMap((value, place) => {
    const partner = right[place];
    return partner === undefined ? [] : [[value, partner] as [A, B]];
  });
}
