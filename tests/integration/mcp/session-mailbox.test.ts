import { beforeEach, expect, it } from 'vitest';
import { countRoundTrips } from '#platform/storage/round-trips';
import {
  longestMessage,
  mostSlots,
  type SessionMailbox,
  sessionMailbox,
} from '#platform/storage/session-mailbox';
import { freshTenant, testStorage } from '../../support/azurite.ts';

const at = new Date('2026-03-15T12:00:00.000Z');
const later = (minutes: number) => new Date(at.getTime() + minutes * 60_000);

let mailbox: SessionMailbox;
beforeEach(async () => {
  mailbox = sessionMailbox(await testStorage(), freshTenant());
});

const mine = { session: 's', stream: 'AAAA1111' };
/** Another request of the same id. */
const twin = { session: 's', stream: 'AAAA2222' };
const foreign = { session: 's', stream: 'BBBB1111' };
const elsewhere = { session: 't', stream: 'AAAA1111' };
const nothing = { messages: [], cancelled: false };

it('passes messages on to a running request, in the order of their slots and once', async () => {
  for (const inbox of [mine, twin, foreign, elsewhere]) {
    await mailbox.open(inbox, at);
  }
  for (const slot of [2, 1, 3]) {
    expect(await mailbox.post(mine, slot, { slot }, at)).toBe(true);
  }
  for (const inbox of [twin, foreign, elsewhere]) {
    await mailbox.post(inbox, 0, { not: 'mine' }, at);
  }
  expect(await mailbox.take(mine)).toEqual({
    messages: [{ slot: 1 }, { slot: 2 }, { slot: 3 }],
    cancelled: false,
  });
  expect(await mailbox.take(mine)).toEqual(nothing);
  expect(await mailbox.take(foreign)).toEqual({ messages: [{ not: 'mine' }], cancelled: false });
});

it('keeps nothing for a request that does not run', async () => {
  expect(await mailbox.post(mine, 0, { lost: true }, at)).toBe(false);
  expect(await mailbox.cancel('s', 'AAAA', at)).toBe(false);
  await mailbox.open(mine, at);
  expect(await mailbox.take(mine)).toEqual(nothing);
  await mailbox.post(mine, 0, { late: true }, at);
  await mailbox.close(mine);
  expect(await mailbox.post(mine, 0, { lost: true }, at)).toBe(false);
  expect(await mailbox.cleanUp(later(1_000))).toBe(0);
});

it('keeps no more than one message a slot', async () => {
  await mailbox.open(mine, at);
  for (let number = 0; number < 3 * mostSlots; number += 1) {
    await mailbox.post(mine, number, { number }, at);
  }
  expect((await mailbox.take(mine)).messages).toHaveLength(mostSlots);
});

it('tells every running request of an id that it was cancelled, and no other', async () => {
  for (const inbox of [mine, twin, foreign, elsewhere]) {
    await mailbox.open(inbox, at);
  }
  expect(await mailbox.cancel('s', 'AAAA', at)).toBe(true);
  for (const inbox of [mine, twin]) {
    expect(await mailbox.take(inbox)).toEqual({ messages: [], cancelled: true });
  }
  for (const inbox of [foreign, elsewhere]) {
    expect(await mailbox.take(inbox)).toEqual(nothing);
  }
});

it('says with one round trip that nothing came, and that nobody runs', async () => {
  await mailbox.open(mine, at);
  expect((await countRoundTrips(() => mailbox.take(mine))).count).toBe(1);
  expect((await countRoundTrips(() => mailbox.cancel('s', 'CCCC', at))).count).toBe(1);
  expect((await countRoundTrips(() => mailbox.post(foreign, 0, {}, at))).count).toBe(1);
});

it('takes messages up to a length', async () => {
  const fits = 'x'.repeat(longestMessage - 2);
  await mailbox.open(mine, at);
  await mailbox.post(mine, 0, fits, at);
  expect((await mailbox.take(mine)).messages).toEqual([fits]);
  await expect(mailbox.post(mine, 0, `${fits}x`, at)).rejects.toThrow(/too long/);
});

it('remembers revoked sessions until they would have expired', async () => {
  await mailbox.revoke('s', later(60));
  await mailbox.revoke('s', later(60));
  expect(await mailbox.isRevoked('s')).toBe(true);
  expect(await mailbox.isRevoked('t')).toBe(false);
  expect(await mailbox.cleanUp(later(59))).toBe(0);
  expect(await mailbox.cleanUp(later(61))).toBe(1);
  expect(await mailbox.isRevoked('s')).toBe(false);
});

it('throws away what a process that died left behind, of any number of sessions, and nothing else', async () => {
  const inboxes = Array.from({ length: 120 }, (_, index) => ({
    session: 'crowded',
    stream: `lost-${index}`,
  }));
  await Promise.all(inboxes.map((inbox) => mailbox.open(inbox, at)));
  await mailbox.open(mine, later(5));
  await mailbox.post(mine, 0, { still: 'here' }, later(5));
  expect(await mailbox.cleanUp(later(11))).toBe(120);
  expect(await mailbox.cleanUp(later(11))).toBe(0);
  expect((await mailbox.take(mine)).messages).toEqual([{ still: 'here' }]);
});

it('has nothing to clean up before the first session', async () => {
  expect(await mailbox.cleanUp(at)).toBe(0);
});
