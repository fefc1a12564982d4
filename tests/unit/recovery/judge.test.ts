import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { askToolOf } from '#platform/experts/definition';
import { doorToolName } from '#platform/experts/team/door';
import { projectDir } from '#scripts/lib/project-dir';
import { deployed } from '#shared/deployed';
import type { Books } from '../../recovery/crash-points/books.ts';
import { judge } from '../../recovery/crash-points/judge.ts';
import { changeOfPlan } from '../../recovery/crash-points/plan-scenario.ts';
import { scenarios } from '../../recovery/crash-points/scenarios.ts';
import { aPayment, aSubscription } from '../../support/small-records.ts';

const nothing: Books = {
  payments: [],
  tickets: [],
  events: [],
  subscription: undefined,
  receipts: 0,
  unconfirmed: 0,
  agreements: 0,
  jobs: [],
  slots: 0,
  jobKeys: 0,
  approvals: [],
  index: { listed: [1], found: [1], marks: 0 },
};
const paid: Books = { ...nothing, payments: [aPayment({ amount: 25 })], receipts: 1, unconfirmed: 1 };
const answer = { payment_id: 1001, outstanding: 875 };

const [payment] = scenarios;
const entry = (id: string, outcome: string, durationMs = 5) =>
  ({ entry: { id, outcome, durationMs, tool: 'pay_invoice' } }) as never;
const trail = [entry('a', 'started'), entry('a', 'ok')];
const subject = {} as never;

function judged(course: object) {
  if (payment === undefined) {
    return expect.fail('there is no scenario');
  }
  const all = {
    subject,
    before: nothing,
    after: paid,
    answers: [answer, answer],
    shown: [],
    trail,
    ...course,
  };
  return judge(payment, all);
}

describe('after a crash', () => {
  it('all is well when it was done once, as it was answered', () => {
    expect(judged({})).toEqual({ lost: [], double: [] });
  });

  it('all is well when its entry was written again because storage was late: both say the same', () => {
    expect(judged({ trail: [...trail, entry('a', 'ok')] })).toEqual({ lost: [], double: [] });
  });

  it.each([
    ['nothing of it is on record', { after: nothing }],
    ['the kept answer is missing', { after: { ...paid, receipts: 0 } }],
    ['half of it was there before anybody repeated it', { before: { ...paid, receipts: 0 } }],
    ['the balance is another one', { answers: [{ ...answer, outstanding: 900 }] }],
    ['its caller was shown something else', { shown: ['nobody was found'] }],
    ['the trail does not know of it', { trail: [] }],
  ])('it is lost when %s', (_, course) => {
    expect(judged(course).lost).not.toEqual([]);
  });

  it.each([
    ['it was done two times', { after: { ...paid, payments: [...paid.payments, aPayment()] } }],
    ['the repetition was answered otherwise', { answers: [answer, { ...answer, payment_id: 1002 }] }],
    ['two entries tell one end differently', { trail: [...trail, entry('a', 'ok', 7)] }],
  ])('it is double when %s', (_, course) => {
    expect(judged(course).double).not.toEqual([]);
  });
});

describe('after a change of plan, the index', () => {
  const index = { listed: [2], found: [2], marks: 0 };
  const changed: Books = { ...nothing, subscription: aSubscription({ product_id: 2 }), receipts: 1, index };
  const torn = (books: Partial<Books['index']>) =>
    changeOfPlan.torn({ ...changed, index: { ...index, ...books } });

  it('says what the record says', () => {
    expect(torn({})).toEqual([]);
  });

  it.each([
    ['lists the plan of before', { listed: [1] }],
    ['finds by the plan of before', { found: [1] }],
    ['finds by both', { found: [1, 2] }],
    ['finds by none', { found: [] }],
  ])('is wrong when it %s, unless a mark says that it changes', (_, books) => {
    expect(torn(books)).not.toEqual([]);
    expect(torn({ ...books, marks: 1 })).toEqual([]);
  });

  it('has no mark in the end', () => {
    const after = { ...changed, subscription: aSubscription({ product_id: 3 }), receipts: 2 };
    const last = (marks: number) =>
      changeOfPlan.wrong?.({ ...after, index: { listed: [3], found: [3], marks } }, subject, {});
    expect(last(0)).toEqual([]);
    expect(last(1)).not.toEqual([]);
  });
});

describe('every tool that changes something', () => {
  const pins = path.join(projectDir, 'tests/pins/tools');
  const tools = readdirSync(pins).map(
    (file) =>
      JSON.parse(readFileSync(path.join(pins, file), 'utf8')) as {
        listed: { name: string; annotations: { readOnlyHint: boolean } };
      },
  );
  const changing = tools.flatMap(({ listed }) => (listed.annotations.readOnlyHint ? [] : [listed.name]));
  /** Made by one function, and they change nothing but through the others. One of them stands for all. */
  const experts = new Set([doorToolName, ...deployed.experts.map(({ domain }) => askToolOf(domain))]);

  it('has a scenario', () => {
    const tried = new Set(scenarios.flatMap(({ tool, along = [] }) => [tool, ...along]));
    expect(changing.filter((name) => !tried.has(name) && !experts.has(name))).toEqual([]);
    expect([...experts].some((name) => tried.has(name))).toBe(true);
    expect([...tried].filter((name) => !changing.includes(name))).toEqual([]);
    expect(tried.size).toBeGreaterThan(5);
  });
});
