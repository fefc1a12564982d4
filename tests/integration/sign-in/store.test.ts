import { beforeAll, describe, expect, it } from 'vitest';
import { type SignInStore, signInStore } from '#platform/storage/sign-in-store';
import { freshTenant, testStorage } from '../../support/azurite.ts';

/** Two instances on one storage. */
let one: SignInStore;
let other: SignInStore;
const now = new Date('2026-11-28T12:00:00Z');
const later = (seconds: number) => new Date(now.getTime() + seconds * 1000);

beforeAll(async () => {
  const tenant = freshTenant();
  one = signInStore(await testStorage(), tenant);
  other = signInStore(await testStorage(), tenant);
});

describe('an id that counts once', () => {
  it('is used by the first on any instance', async () => {
    const uses = [one, other, one, other].map((store) => store.useOnce('code', 'a/b?c#d', later(60)));
    expect((await Promise.all(uses)).sort()).toEqual([false, false, false, true]);
  });

  it('is another one for another purpose', async () => {
    expect(await one.useOnce('code', 'same', later(60))).toBe(true);
    expect(await one.useOnce('handle', 'same', later(60))).toBe(true);
  });
});

describe('a family of refresh tokens', () => {
  it('goes on from one generation to the next, on any instance', async () => {
    expect(await other.isUnused('on', 1)).toBe(true);
    expect(await one.use('on', 1, later(60))).toBe(true);
    expect(await other.isUnused('on', 1)).toBe(false);
    expect(await other.isUnused('on', 2)).toBe(true);
    expect(await other.use('on', 2, later(60))).toBe(true);
    expect(await one.use('on', 1, later(60))).toBe(false);
  });

  it('lets one of two go on who come at the same time', async () => {
    const first = await Promise.all([one.use('race', 1, later(60)), other.use('race', 1, later(60))]);
    expect(first.sort()).toEqual([false, true]);
    const second = await Promise.all([one.use('race', 2, later(60)), other.use('race', 2, later(60))]);
    expect(second.sort()).toEqual([false, true]);
  });

  it('ends for all', async () => {
    await one.use('ending', 1, later(60));
    await other.end('ending', later(60));
    await other.end('never begun', later(60));
    for (const family of ['ending', 'never begun']) {
      expect(await one.isUnused(family, 9)).toBe(false);
      expect(await one.use(family, 9, later(60))).toBe(false);
    }
  });
});

it('what has expired is removed, and nothing else', async () => {
  const store = signInStore(await testStorage(), freshTenant());
  expect(await store.cleanUp(now)).toBe(0);
  await store.useOnce('code', 'short', later(60));
  await store.use('family', 1, later(60));
  await store.use('lasting', 1, later(3_600));
  expect(await store.cleanUp(later(61))).toBe(2);
  expect(await store.useOnce('code', 'short', later(120))).toBe(true);
  expect(await store.isUnused('lasting', 1)).toBe(false);
});
