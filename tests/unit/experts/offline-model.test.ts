import { describe, expect, test } from 'vitest';
import { domainDefinitions } from '#contoso/experts/domains';
import { offlinePlans } from '#contoso/experts/offline/plans/index';
import { amountIn, numbersIn } from '#contoso/experts/offline/slots/numbers';
import { addDays } from '#platform/dates';
import { runExpert } from '#platform/experts/loop';
import { businessDays, dayIn } from '#platform/experts/models/offline/calendar';
import { offlineModel } from '#platform/experts/models/offline/offline-model';
import { sentencesOf } from '#platform/experts/models/offline/sources';
import { defaultLimits } from '#platform/experts/run-state';
import { aRun, ok, toolbox } from './stubs.ts';

describe('customers', () => {
  test.each([
    ['Why is the bill of customer 251 so high?', 251],
    ['My customer number is 17.', 17],
    ['customer id: 9', 9],
    ['the account of customer 254', 254],
    ['251', 251],
    ["it's 251", 251],
    ['cust 29', 29],
    ['and 14?', 14],
    ['Pay invoice 4711', undefined],
    ['My bill is 150 dollars', undefined],
    ['used 20 GB in 30 days since 2026-01-03', undefined],
    ['call +1-384-555-0193 or write to ann.7@example.com', undefined],
  ])('in "%s": %s', (text, id) => {
    expect(numbersIn(text).customers[0]).toBe(id);
  });
});

describe('amounts', () => {
  test.each([
    ['Please pay 95.50 dollars on the open invoice of customer 258.', 95.5],
    ['Pay $20 on invoice 4711', 20],
    ['pay 20 on invoice 4711', 20],
    ['Pay invoice 4711 with 19.99, thanks', 19.99],
    ['Pay invoice 4711', undefined],
    ['Pay 20.00 or 30.00 on invoice 4711', undefined],
    ['Pay 1,250.00 on invoice 4711', undefined],
    ['Pay 19.999 on invoice 4711', undefined],
  ])('in "%s": %s', (text, amount) => {
    expect(amountIn(text)).toBe(amount);
  });
});

describe('days', () => {
  test.each([
    ['I fly on 2026-02-03', '2026-02-03'],
    ['we leave in two days', '2026-01-17'],
    ['we leave in 10 days', '2026-01-25'],
    ['tomorrow I travel', '2026-01-16'],
    ['some day', undefined],
    ['in many days', undefined],
  ])('"%s" means %s', (text, day) => {
    expect(dayIn(text, '2026-01-15')).toBe(day);
  });

  test('business days leave out Saturday and Sunday', () => {
    expect(businessDays('2026-01-09', '2026-01-12')).toBe(1);
    expect(businessDays('2026-01-05', '2026-01-16')).toBe(9);
    expect(businessDays('2026-01-16', '2026-01-16')).toBe(0);
    expect(addDays('2026-02-27', 2)).toBe('2026-03-01');
  });
});

test('sentences of a document come without its marks, a row of a table is one', () => {
  expect(
    sentencesOf(
      '## Rules\n\n1. Wait **10 days**. Then call.\n- 5 % off\n\n| outage | 30 % |\n| ---- | --- |',
    ),
  ).toEqual(['Rules', 'Wait 10 days.', 'Then call.', '5 % off', 'outage: 30 %']);
});

describe('answers', () => {
  test('without the tool it needs, it says what the caller may not do', async () => {
    const question = { role: 'user', text: 'What does customer 1 owe?' } as const;
    const { answer } = await runExpert(aRun({ model: offlineModel(offlinePlans), messages: [question] }));
    expect(answer).toMatchObject({
      status: 'error',
      answer: expect.stringContaining('does not allow get_customer_detail'),
    });
  });

  test('with no turns left, it says so', async () => {
    const question = { role: 'user', text: 'What does customer 1 owe?' } as const;
    const box = toolbox({ get_customer_detail: ok({}) });
    const limits = { ...defaultLimits, turns: 1 };
    const { answer } = await runExpert(
      aRun({ model: offlineModel(offlinePlans), messages: [question], toolbox: box, limits }),
    );
    expect(answer).toMatchObject({ status: 'error', answer: expect.stringContaining('more steps') });
    expect(box.called).toEqual([]);
  });

  test('a tool that fails ends in an honest answer', async () => {
    const question = { role: 'user', text: 'Which plans do you have?' } as const;
    const box = toolbox({ get_products: { kind: 'error', message: 'Storage does not answer.' } });
    const run = aRun({
      model: offlineModel(offlinePlans),
      expert: domainDefinitions.product,
      messages: [question],
      toolbox: box,
    });
    const { answer } = await runExpert(run);
    expect(answer).toMatchObject({
      status: 'error',
      answer: expect.stringContaining('Storage does not answer.'),
    });
  });
});
