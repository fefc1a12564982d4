import { en, Faker } from '@faker-js/faker';
import { expect, test } from 'vitest';
import { deal, dealEvenly } from '#seed/generate/deal';

const random = () => new Faker({ locale: [en], seed: 1 });

test('the proportions are exact, the order is random', () => {
  const dealt = deal(random(), 100, [
    ['a', 0.88],
    ['b', 0.12],
  ]);
  expect(dealt.filter((value) => value === 'a')).toHaveLength(88);
  expect(dealt).not.toEqual(dealt.toSorted());
});

test('the same random source deals the same', () => {
  expect(dealEvenly(random(), 30, [1, 2, 3])).toEqual(dealEvenly(random(), 30, [1, 2, 3]));
});

test('a count that does not divide is filled all the same', () => {
  expect(dealEvenly(random(), 250, ['x', 'y', 'z'])).toHaveLength(250);
});
