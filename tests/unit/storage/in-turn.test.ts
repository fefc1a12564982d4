import { expect, test } from 'vitest';
import { inTurn } from '#platform/storage/in-turn';

const all = ['a', 'b', 'c', 'd'];

async function order(options: Parameters<typeof inTurn>[1]): Promise<string> {
  const seen: string[] = [];
  await inTurn(all, options, async (one) => seen.push(one));
  return seen.join('');
}

test('each has a turn, whoever is first', async () => {
  expect(await Promise.all(all.map((_, first) => order({ first })))).toEqual([
    'abcd',
    'bcda',
    'cdab',
    'dabc',
  ]);
});

test('by chance everybody is first some time', async () => {
  const first = await Promise.all(Array.from({ length: 400 }, () => order({})));
  expect([...new Set(first)].toSorted()).toEqual(['abcd', 'bcda', 'cdab', 'dabc']);
});

test('nobody is begun when the time is up', async () => {
  const time = new AbortController();
  const seen: string[] = [];
  await inTurn(all, { enough: time.signal, first: 2 }, async (one) => {
    seen.push(one);
    time.abort();
  });
  expect(seen).toEqual(['c']);
});

test('a failure keeps nobody from a turn, and is told at the end', async () => {
  const seen: string[] = [];
  const run = inTurn(all, { first: 0 }, async (one) => {
    seen.push(one);
    throw new Error(one);
  });
  await expect(run).rejects.toThrow('a');
  expect(seen).toEqual(all);
});

test('of nobody, nothing is done', async () => {
  await expect(inTurn([], {}, () => Promise.reject(new Error('nobody')))).resolves.toBeUndefined();
});
