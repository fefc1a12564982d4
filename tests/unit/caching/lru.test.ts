import { expect, test } from 'vitest';
import { LeastRecentlyUsed } from '#platform/caching/lru';

test('the entry that was not used for longest makes room', () => {
  const entries = new LeastRecentlyUsed<string, number>(2);
  entries.set('a', 1);
  entries.set('b', 2);
  entries.get('a');
  entries.set('c', 3);
  expect([entries.get('a'), entries.get('b'), entries.get('c')]).toEqual([1, undefined, 3]);
});

test('setting a known key again takes no room', () => {
  const entries = new LeastRecentlyUsed<string, number>(2);
  entries.set('a', 1);
  entries.set('b', 2);
  entries.set('b', 3);
  expect([entries.get('a'), entries.get('b')]).toEqual([1, 3]);
});
