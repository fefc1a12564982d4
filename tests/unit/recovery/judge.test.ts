import { describe, expect, it } from 'vitest';
import { businessTools } from '#contoso/tools/index';
import { deployed } from '#shared/deployed';
import type { Books } from '../../recovery/crash-points/books.ts';
import { judge } from '../../recovery/crash-points/judge.ts';
import { scenarios } from '../../recovery/crash-points/scenarios.ts';
import { aPayment } from '../../support/small-records.ts';

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
};
const paid: Books = { ...nothing, payments: [aPayment({ amount: 25 })], receipts: 1, unconfirmed: 1 };
const answer = { payment_id: 1001, outstanding: 875 };

const [payment] = scenarios;
const entry = (id: string, outcome: string) => ({ entry: { id, outcome, tool: 'pay_invoice' } }) as never;
const trail = [entry('a', 'started'), entry('a', 'ok')];
const subject = {} as never;

function judged(course: object) {
  if (payment === undefined) {
    return expect.fail('there is no scenario');
  }
  const all = { subject, before: nothing, after: paid, answers: [answer, answer], trail, ...course };
  return judge(payment, all);
}

describe('after a crash', () => {
  it('all is well when it was done once, as it was answered', () => {
    expect(judged({})).toEqual({ lost: [], double: [] });
  });

  it.each([
    ['nothing of it is on record', { after: nothing }],
    ['the kept answer is missing', { after: { ...paid, receipts: 0 } }],
    ['half of it was there before anybody repeated it', { before: { ...paid, receipts: 0 } }],
    ['the balance is another one', { answers: [{ ...answer, outstanding: 900 }] }],
    ['the trail does not know of it', { trail: [] }],
  ])('it is lost when %s', (_, course) => {
    expect(judged(course).lost).not.toEqual([]);
  });

  it.each([
    ['it was done two times', { after: { ...paid, payments: [...paid.payments, aPayment()] } }],
    ['the repetition was answered otherwise', { answers: [answer, { ...answer, payment_id: 1002 }] }],
    ['an entry stands there two times', { trail: [...trail, entry('a', 'ok')] }],
  ])('it is double when %s', (_, course) => {
    expect(judged(course).double).not.toEqual([]);
  });
});

it('has a scenario of every tool that changes something', () => {
  const policy = { troubleshootSeconds: 1 } as never;
  const jobs = deployed.openJobs({ storeOf: () => expect.fail('nothing is read'), policy });
  const tools = [...businessTools, ...jobs.map(({ tool }) => tool(() => expect.fail('nothing is started')))];
  const changing = tools.filter(({ annotations }) => !annotations.readOnlyHint).map(({ name }) => name);
  expect(new Set(scenarios.map(({ tool }) => tool))).toEqual(new Set(changing));
});
