import { expect, test } from 'vitest';
import { Refused } from '#platform/errors';
import { dailyUse } from '#platform/experts/budget/daily-use';
import { questionBudget } from '#platform/experts/budget/question-budget';
import { Journal, withJournal } from '#platform/experts/durable/journal';
import { journaledBudget } from '#platform/experts/durable/journaled';
import { tenantId } from '#platform/identity/tenant';
import { openStorage } from '#platform/storage/connect';
import { ensured } from '#platform/storage/ensured';
import { tableName } from '#platform/storage/tables';
import { freshTenant, testStorage } from '../../support/azurite.ts';

const silent = { log: () => {} };
const asker = (tenant: string, user = 'directory:user') => ({ tenant: tenantId(tenant), user });

async function opened(tenant: string) {
  const table = (await testStorage()).table(tableName(tenantId(tenant), 'Budgets'));
  return { table, use: dailyUse(ensured(table), table) };
}

test('instances that count at the same moment lose nothing and count nothing twice', async () => {
  const tenant = freshTenant();
  const instances = await Promise.all([opened(tenant), opened(tenant), opened(tenant)]);
  await Promise.all(
    Array.from({ length: 24 }, async (_, turn) => {
      const { use } = instances[turn % 3] ?? (await opened(tenant));
      await use.add('2026-11-29', ['tenant', `user:${turn % 2}`], { questions: 1, tokens: 10 });
    }),
  );
  const { use } = await opened(tenant);
  const keys = ['tenant', 'user:0', 'user:1'];
  expect(await use.add('2026-11-29', keys, { questions: 0, tokens: 0 })).toEqual([
    { questions: 24, tokens: 240 },
    { questions: 12, tokens: 120 },
    { questions: 12, tokens: 120 },
  ]);
});

test('of questions at the same moment no more get through than the budget has', async () => {
  const tenant = freshTenant();
  const storage = await testStorage();
  const open = () =>
    questionBudget({
      budgets: { user: {}, tenant: { questions: 5 } },
      storage,
      tenants: [tenantId(tenant)],
      now: () => new Date('2026-11-29T23:59:00Z'),
      logger: silent,
    });
  const instances = [open(), open()] as const;
  const asked = await Promise.allSettled(
    Array.from({ length: 12 }, (_, turn) => instances[turn % 2 === 0 ? 0 : 1].begin(asker(tenant))),
  );
  expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(5);
  for (const one of asked) {
    if (one.status === 'rejected') {
      expect(one.reason).toBeInstanceOf(Refused);
      expect(String(one.reason)).toContain('ask again after 2026-11-30 00:00 UTC');
    }
  }
});

test('the next day has a budget of its own; counts of long ago are removed', async () => {
  const tenant = freshTenant();
  let now = new Date('2026-11-29T12:00:00Z');
  const budget = questionBudget({
    budgets: { user: { questions: 1, tokens: 1_000 }, tenant: {} },
    storage: await testStorage(),
    tenants: [tenantId(tenant)],
    now: () => now,
    logger: silent,
  });
  const question = await budget.begin(asker(tenant));
  await expect(budget.begin(asker(tenant))).rejects.toThrow(/your questions for today are used up/);
  await expect(budget.begin(asker(tenant, 'directory:other'))).resolves.toMatchObject({ tokensLeft: 1_000 });
  now = new Date('2026-11-30T00:00:01Z');
  // What the question of yesterday still uses is counted there.
  expect(await question.settle(950)).toContain('renewed at 2026-11-30 00:00 UTC');
  await expect(budget.begin(asker(tenant))).resolves.toMatchObject({ tokensLeft: 1_000 });
  const { table } = await opened(tenant);
  const days = async () => [...new Set((await table.list('')).map(({ partitionKey }) => partitionKey))];
  expect(await days()).toEqual(['2026-11-29', '2026-11-30']);
  now = new Date('2026-12-31T00:00:00Z');
  await budget.tidy();
  expect(await days()).toEqual(['2026-11-30']);
});

test('what cannot be counted is not asked', async () => {
  const tenant = freshTenant();
  const nowhere = await openStorage({
    dataStorage:
      'DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==;TableEndpoint=http://127.0.0.1:9/devstoreaccount1;',
  });
  const budget = questionBudget({
    budgets: { user: { questions: 1 }, tenant: {} },
    storage: nowhere,
    tenants: [tenantId(tenant)],
    now: () => new Date(),
    logger: silent,
  });
  await expect(budget.begin(asker(tenant))).rejects.toMatchObject({ code: 'unavailable' });
});

test('a question that takes several steps counts once, and its tokens as they are used', async () => {
  const tenant = freshTenant();
  const storage = await testStorage();
  const kept = new Map<string, unknown>();
  /** A step on whichever instance: only what was written down is known. */
  const step = async (tokens: number) => {
    const budget = journaledBudget(
      questionBudget({
        budgets: { user: { questions: 1, tokens: 1_000 }, tenant: {} },
        storage,
        tenants: [tenantId(tenant)],
        now: () => new Date('2026-11-29T12:00:00Z'),
        logger: silent,
      }),
    );
    const write = async (key: string, value: unknown) => {
      kept.set(key, JSON.parse(JSON.stringify(value)));
    };
    const journal = new Journal({
      run: 'run',
      askedAt: new Date('2026-11-29T12:00:00Z'),
      known: kept,
      write,
    });
    const { tokensLeft, settle } = await withJournal(journal, () => budget.begin(asker(tenant)));
    return { tokensLeft, note: await settle(tokens) };
  };
  expect(await step(600)).toMatchObject({ tokensLeft: 1_000 });
  expect(await step(350)).toEqual({
    tokensLeft: 1_000,
    note: 'Note: of your questions for today, 1 of 1 are used; they are renewed at 2026-11-30 00:00 UTC.',
  });
  const { use } = await opened(tenant);
  const [row] = (await (await opened(tenant)).table.list('')).map(({ rowKey }) => rowKey);
  expect(await use.add('2026-11-29', [row ?? ''], { questions: 0, tokens: 0 })).toEqual([
    { questions: 1, tokens: 950 },
  ]);
});

test('a question whose process ends before it notes that it was counted is counted once', async () => {
  const tenant = freshTenant();
  let now = new Date('2026-11-29T23:59:00Z');
  const open = async () =>
    journaledBudget(
      questionBudget({
        budgets: { user: { questions: 2 }, tenant: { questions: 3 } },
        storage: await testStorage(),
        tenants: [tenantId(tenant)],
        now: () => now,
        logger: silent,
      }),
    );
  const begun = async (run: string, write: (key: string, value: unknown) => Promise<void>) => {
    const budget = await open();
    const askedAt = new Date('2026-11-29T23:58:00Z');
    const journal = new Journal({ run, askedAt, known: new Map(), write });
    return await withJournal(journal, () => budget.begin(asker(tenant)));
  };
  const dropped = async () => expect.fail('The process ended.');
  await expect(begun('one', dropped)).rejects.toThrow('The process ended.');
  await expect(begun('one', dropped)).rejects.toThrow('The process ended.');
  // The next process repeats the step on the next day.
  now = new Date('2026-11-30T00:01:00Z');
  expect(await begun('one', async () => {})).toMatchObject({ day: '2026-11-29' });
  const { use } = await opened(tenant);
  const counted = async (day: string) => await use.add(day, ['tenant'], { questions: 0, tokens: 0 });
  expect(await counted('2026-11-29')).toEqual([{ questions: 1, tokens: 0 }]);
  expect(await counted('2026-11-30')).toEqual([{ questions: 0, tokens: 0 }]);
  await begun('two', async () => {});
  expect(await counted('2026-11-29')).toEqual([{ questions: 2, tokens: 0 }]);
  // At the end of the budget the one that was counted goes on, and another one is refused.
  expect(await begun('two', async () => {})).toMatchObject({ day: '2026-11-29' });
  await expect(begun('three', async () => {})).rejects.toThrow(/your questions for today are used up/);
});
