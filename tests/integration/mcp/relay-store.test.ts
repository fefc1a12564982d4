import { beforeEach, expect, it } from 'vitest';
import { longestMessage, type RelayStore, relayStore } from '#platform/storage/relay-store';
import { countRoundTrips } from '#platform/storage/round-trips';
import { freshTenant, testStorage } from '../../support/azurite.ts';

const at = new Date('2026-03-15T12:00:00.000Z');
const later = (minutes: number) => new Date(at.getTime() + minutes * 60_000);

let relay: RelayStore;
beforeEach(async () => {
  relay = relayStore(await testStorage(), freshTenant());
});

it('passes messages of a topic on, in their order and once', async () => {
  for (const number of [1, 2, 3]) await relay.publish({ session: 's', topic: 'mine' }, { number }, at);
  await relay.publish({ session: 's', topic: 'foreign' }, { number: 4 }, at);
  await relay.publish({ session: 't', topic: 'mine' }, { number: 5 }, at);
  expect(await relay.take('s', ['mine', 'other'])).toEqual([{ number: 1 }, { number: 2 }, { number: 3 }]);
  expect(await relay.take('s', ['mine', 'other'])).toEqual([]);
  expect(await relay.take('s', ['foreign'])).toEqual([{ number: 4 }]);
});

it('looks with one round trip', async () => {
  await relay.isRevoked('s');
  const { count } = await countRoundTrips(() => relay.take('s', ['mine']));
  expect(count).toBe(1);
});

it('takes messages up to a length', async () => {
  const fits = 'x'.repeat(longestMessage - 2);
  await relay.publish({ session: 's', topic: 'mine' }, fits, at);
  expect(await relay.take('s', ['mine'])).toEqual([fits]);
  await expect(relay.publish({ session: 's', topic: 'mine' }, `${fits}x`, at)).rejects.toThrow(/too long/);
});

it('remembers revoked sessions until they would have expired', async () => {
  await relay.revoke('s', later(60));
  await relay.revoke('s', later(60));
  expect(await relay.isRevoked('s')).toBe(true);
  expect(await relay.isRevoked('t')).toBe(false);
  expect(await relay.cleanUp(later(59))).toBe(0);
  expect(await relay.cleanUp(later(61))).toBe(1);
  expect(await relay.isRevoked('s')).toBe(false);
});

it('throws away what nobody took, of any number of sessions, and nothing else', async () => {
  const posts = Array.from({ length: 120 }, (_, index) =>
    relay.publish({ session: 'crowded', topic: 'lost' }, { index }, at),
  );
  await Promise.all([...posts, relay.publish({ session: 'quiet', topic: 'lost' }, {}, at)]);
  await relay.publish({ session: 'quiet', topic: 'fresh' }, { still: 'here' }, later(5));
  expect(await relay.cleanUp(later(11))).toBe(121);
  expect(await relay.cleanUp(later(11))).toBe(0);
  expect(await relay.take('quiet', ['fresh'])).toEqual([{ still: 'here' }]);
});

it('has nothing to clean up before the first session', async () => {
  expect(await relay.cleanUp(at)).toBe(0);
});
