import { beforeAll, expect, test } from 'vitest';
import { Conflict, NotFound } from '#platform/errors';
import { type Conversations, openConversations } from '#platform/experts/conversations';
import type { Conversation } from '#platform/experts/ports';
import type { TenantId } from '#platform/identity/tenant';
import type { Storage } from '#platform/storage/connect';
import { freshTenant, testStorage } from '../../support/azurite.ts';

const ada = 'directory:ada';
const ben = 'directory:ben';
const noon = Date.parse('2026-01-15T12:00:00.000Z');
const day = 24 * 3_600_000;

let storage: Storage;
let tenant: TenantId;
beforeAll(async () => {
  storage = await testStorage();
  tenant = freshTenant();
});

/** A process of its own, at a time of its own. */
function open(at = noon, of = tenant): Conversations {
  return openConversations({ storage, tenant: of, now: () => new Date(at) });
}

function aConversation(answer = 'It is 100.00.'): Conversation {
  return {
    domain: 'billing',
    summary: '',
    turns: [{ question: 'What is open?', answer, status: 'done', citations: ['Data Overage Policy'] }],
  };
}

test('a conversation goes on in another process', async () => {
  const id = await open().of(ada).create(aConversation());
  const stored = await open().of(ada).load(id);
  expect(stored.conversation).toEqual(aConversation());
});

test('ids cannot be guessed and are never the same', async () => {
  const ids = await Promise.all([1, 2, 3].map(() => open().of(ada).create(aConversation())));
  expect(new Set(ids).size).toBe(3);
  for (const id of ids) {
    expect(Buffer.from(id, 'base64url')).toHaveLength(24);
  }
});

test('an unknown, foreign, expired or impossible id is "not found" in the same words', async () => {
  const id = await open().of(ada).create(aConversation());
  const attempts = [
    open().of(ben).load(id),
    open(noon, freshTenant()).of(ada).load(id),
    open(noon + day)
      .of(ada)
      .load(id),
    open().of(ada).load('A'.repeat(32)),
    open().of(ada).load("x' or PartitionKey ne '"),
    open().of(ada).load(''),
  ];
  const sentences = await Promise.all(
    attempts.map((attempt) =>
      attempt.then(
        () => 'found',
        (error: unknown) => (error instanceof NotFound ? error.message : error),
      ),
    ),
  );
  expect(new Set(sentences).size).toBe(1);
  expect(sentences[0]).toMatch(/^There is no such conversation/);
});

test('every answer makes it last for another day', async () => {
  const id = await open().of(ada).create(aConversation());
  const later = open(noon + day - 1).of(ada);
  await later.save(await later.load(id), aConversation('It is 80.00.'));
  const stored = await open(noon + 2 * day - 2)
    .of(ada)
    .load(id);
  expect(stored.conversation.turns[0]?.answer).toBe('It is 80.00.');
});

test('of two turns at the same time, one is told to ask again', async () => {
  const id = await open().of(ada).create(aConversation());
  const [one, other] = [open().of(ada), open().of(ada)];
  const [seenByOne, seenByOther] = [await one.load(id), await other.load(id)];
  await one.save(seenByOne, aConversation('First.'));
  await expect(other.save(seenByOther, aConversation('Second.'))).rejects.toBeInstanceOf(Conflict);
  expect((await one.load(id)).conversation.turns[0]?.answer).toBe('First.');
});

test('a conversation longer than a property and an entity comes back whole, and shrinks again', async () => {
  const long = aConversation('😀 what a long answer '.repeat(70_000));
  const mine = open().of(ada);
  const id = await mine.create(long);
  const stored = await mine.load(id);
  expect(stored.chunks).toBeGreaterThan(40);
  expect(stored.conversation).toEqual(long);
  await mine.save(stored, aConversation('Short.'));
  expect(await mine.load(id)).toMatchObject({ chunks: 1, conversation: aConversation('Short.') });
});

test('what has expired is deleted, what has not is kept', async () => {
  const of = freshTenant();
  const old = open(noon, of);
  await old.of(ada).create(aConversation());
  const young = await open(noon + day, of)
    .of(ada)
    .create(aConversation());
  expect(await open(noon + day + 7_200_000, of).removeExpired()).toBe(2);
  expect(await open(noon + day + 7_200_000, of).removeExpired()).toBe(0);
  await expect(
    open(noon + day + 7_200_000, of)
      .of(ada)
      .load(young),
  ).resolves.toMatchObject({ id: young });
});

test('removing stops after a page when the time is up, and goes on the next time', async () => {
  const of = freshTenant();
  const row = (partition: number, place: number) => ({
    partitionKey: `p${String(partition).padStart(2, '0')}`,
    rowKey: `${String(place).padStart(2, '0')}:head`,
    properties: { expiresAt: new Date(noon).toISOString() },
  });
  const table = storage.table(`${of}Conversations`);
  await table.ensure();
  for (let partition = 0; partition < 11; partition += 1) {
    await table.transact(Array.from({ length: 100 }, (_, place) => ({ insert: row(partition, place) })));
  }
  const late = open(noon + day, of);
  const first = await late.removeExpired(AbortSignal.abort());
  expect(first).toBeLessThan(1_100);
  expect(first + (await late.removeExpired())).toBe(1_100);
});

test('the table names nobody', async () => {
  const of = freshTenant();
  await open(noon, of).of(ada).create(aConversation());
  const rows = await storage.table(`${of}Conversations`).list("PartitionKey ne ''");
  expect(rows.map(({ partitionKey }) => partitionKey).join()).not.toContain('ada');
});
