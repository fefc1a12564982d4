import { describe, expect, test } from 'vitest';
import { balanceOf } from '#contoso/rules/billing';
import { currentLock } from '#contoso/rules/lock';
import { judgePromotions, promotionStatus } from '#contoso/rules/promotions';
import { businessTools } from '#contoso/tools/index';
import { daysBetween } from '#platform/dates';
import { answerKeys, scenarios } from '#seed/scenarios/index';
import { overageInCycle, usedInCycle, workingDays } from '#seed/scenarios/measures';
import { type Story, storyOf } from '#seed/scenarios/scenario';
import { datasetOf, pinned, samples, titleOf } from './samples.ts';

describe.each(samples.map((options) => [titleOf(options), options] as const))('%s', (_title, options) => {
  const { asOf } = options;
  const dataset = datasetOf(options);
  const story = (customerId: number): Story => storyOf(dataset, asOf, customerId);
  const balance = ({ latestInvoice, payments }: Story) => balanceOf(latestInvoice, payments);

  test('1: 150.00 yesterday against a usual 60.00, half a hundred paid, the cap exceeded', () => {
    const john = story(251);
    expect(john.latestInvoice.amount).toBe(150);
    expect(daysBetween(john.latestInvoice.invoice_date, asOf)).toBe(1);
    expect(john.invoices.slice(0, -1).map((invoice) => invoice.amount)).toEqual([60, 60, 60]);
    expect(balance(john)).toEqual({ settled: 50, outstanding: 100 });
    expect(john.subscription).toMatchObject({ speed_tier: '300Mbps', data_cap_gb: 10 });
    expect(usedInCycle(john)).toBeGreaterThanOrEqual(22);
    expect(usedInCycle(john)).toBeLessThanOrEqual(25);
    // 3.00 for each started block of 500 MB above the cap, as the overage policy says.
    expect(Math.ceil(overageInCycle(john) / 0.5) * 3).toBe(150 - 60);
  });

  test('2: slow, an incident of two days ago under investigation, 50 MB a day for three days', () => {
    const jane = story(252);
    expect(jane.subscription).toMatchObject({ service_status: 'slow', speed_tier: '1Gbps' });
    expect(jane.incidents).toHaveLength(1);
    expect(jane.incidents[0]?.status).toBe('investigating');
    expect(daysBetween(jane.incidents[0]?.incident_date ?? '', asOf)).toBe(2);
    const newest = jane.usage.slice(-4).map((day) => day.data_used_mb);
    expect(newest.slice(1)).toEqual([50, 50, 50]);
    expect(newest[0]).toBeGreaterThan(500);
  });

  test('3: an active mobile plan without roaming; nothing overdue', () => {
    const mark = story(253);
    expect(mark.product.category).toBe('mobile');
    expect(mark.subscription).toMatchObject({ roaming_enabled: false, status: 'active' });
    expect(balance(mark).outstanding).toBe(0);
  });

  test('4: locked twelve minutes before the moment of the data, after eight failures', () => {
    const alice = story(254);
    const lock = currentLock(alice.securityEvents);
    expect(Date.parse(asOf) - Date.parse(lock?.event_time ?? '')).toBe(12 * 60_000);
    expect(alice.securityEvents.map((event) => event.event_type)).toEqual([
      ...Array(8).fill('login_attempt'),
      'account_locked',
    ]);
  });

  test('5: exactly one promotion is open to the customer, and one for Gold is to come', () => {
    const ron = story(255);
    const { loyalty_level } = ron.customer;
    const { eligible } = judgePromotions(
      ron.promotions,
      { loyalty_level, subscriptions: [ron.subscription] },
      asOf,
    );
    expect(eligible).toHaveLength(1);
    expect(eligible[0]).toMatchObject({ loyalty_levels: ['Gold'], discount_percent: 10 });
    const forGold = ron.promotions.filter((offer) => offer.loyalty_levels.join() === 'Gold');
    expect(forGold.map((offer) => promotionStatus(offer, asOf))).toEqual(['running', 'upcoming', 'expired']);
    expect(forGold[1]?.start_date).toMatch(/-06-01$/);
  });

  test('6: returned 25 days ago within the window; the refund is overdue', () => {
    const order = story(256).orders[0];
    expect(order).toMatchObject({ status: 'returned', amount: 75 });
    expect(daysBetween(order?.returned_date ?? '', asOf)).toBe(25);
    expect(daysBetween(order?.order_date ?? '', order?.returned_date ?? '')).toBeLessThanOrEqual(30);
    expect(workingDays(order?.returned_date ?? '', asOf)).toBeGreaterThan(10);
  });

  test('7: an open ticket with three samples younger than seven days', () => {
    const tom = story(257);
    expect(tom.subscription.roaming_enabled).toBe(true);
    expect(tom.tickets).toHaveLength(1);
    const ticket = tom.tickets[0];
    expect(ticket).toMatchObject({ status: 'open', priority: 'high', category: 'call_drop' });
    const times = ticket?.description.match(/\d{4}-\d{2}-\d{2} \d{2}:\d{2}/g) ?? [];
    expect(times).toHaveLength(3);
    for (const time of times) {
      expect(daysBetween(time.slice(0, 10), asOf)).toBeLessThan(7);
      expect(`${time.replace(' ', 'T')}` < (ticket?.opened_at ?? '')).toBe(true);
    }
  });

  test('8: suspended, 95.50 unpaid for 40 days, two card payments failed, no use since', () => {
    const sara = story(258);
    expect(sara.subscription).toMatchObject({
      status: 'inactive',
      service_status: 'offline',
      autopay_enabled: false,
    });
    expect(daysBetween(sara.latestInvoice.invoice_date, asOf)).toBe(40);
    expect(balance(sara)).toEqual({ settled: 0, outstanding: 95.5 });
    const tries = sara.payments.filter((payment) => payment.invoice_id === sara.latestInvoice.invoice_id);
    expect(tries.map(({ status, method }) => [status, method])).toEqual([
      ['failed', 'credit_card'],
      ['failed', 'credit_card'],
    ]);
    expect(daysBetween(sara.latestInvoice.due_date, asOf)).toBeGreaterThan(10);
    expect(daysBetween(sara.latestInvoice.due_date, sara.usage.at(-1)?.usage_date ?? '')).toBe(10);
  });

  test('9: 22 to 25 GB in 30 days on a cap of 10, billed at 150.00 yesterday', () => {
    const alex = story(259);
    expect(alex.subscription).toMatchObject({ data_cap_gb: 10, roaming_enabled: true });
    expect(usedInCycle(alex)).toBeGreaterThanOrEqual(22);
    expect(usedInCycle(alex)).toBeLessThanOrEqual(25);
    expect(overageInCycle(alex)).toBeGreaterThanOrEqual(12);
    expect(alex.latestInvoice.amount).toBe(150);
    expect(daysBetween(alex.latestInvoice.invoice_date, asOf)).toBe(1);
    // 4.00 for each started block of 500 MB above the cap.
    expect(Math.ceil(overageInCycle(alex) / 0.5) * 4).toBe(150 - alex.product.monthly_fee);
  });

  test('people have the levels of the scenarios', () => {
    const levels = scenarios.map(({ customerId }) => story(customerId).customer.loyalty_level);
    expect(levels).toEqual([
      'Silver',
      'Gold',
      'Bronze',
      'Gold',
      'Gold',
      'Silver',
      'Silver',
      'Gold',
      'Bronze',
    ]);
  });

  test.each(answerKeys(dataset, asOf).map((key) => [key.scenario, key] as const))(
    'the answer key of scenario %i can be used',
    (number, key) => {
      expect(key.customer_id).toBe(250 + number);
      expect(key.questions.length).toBeGreaterThan(0);
      for (const { statement, says } of [...key.required_facts, ...key.forbidden_claims]) {
        expect(statement).not.toMatch(/undefined|NaN/);
        expect(says.length, statement).toBeGreaterThan(0);
        expect(
          says.every((text) => text.length > 1 && !/undefined|NaN/.test(text)),
          statement,
        ).toBe(true);
      }
      const slugs = dataset.documents.map((document) => document.slug);
      expect(slugs).toEqual(expect.arrayContaining([...key.documents_to_cite]));
      const tools = businessTools.map((tool) => tool.name);
      expect(tools).toEqual(expect.arrayContaining([...key.required_tools, ...key.forbidden_tools]));
      expect(key.required_tools.filter((tool) => key.forbidden_tools.includes(tool))).toEqual([]);
    },
  );
});

test('the customers of the first tenant have the names of the documentation', () => {
  const names = datasetOf(pinned).customers.slice(250);
  expect(names.map(({ first_name, last_name }) => `${first_name} ${last_name}`)).toEqual([
    'John Doe',
    'Jane Doe',
    'Mark Doe',
    'Alice Doe',
    'Ron Doe',
    'Mary Doe',
    'Tom Smith',
    'Sara Lee',
    'Alex Brown',
  ]);
});

test('the key of the first scenario states what was computed from the data', () => {
  const key = answerKeys(datasetOf(pinned), pinned.asOf)[0];
  const statements = key?.required_facts.map((fact) => fact.statement);
  expect(statements).toEqual(
    expect.arrayContaining([
      '24.8 GB were used in the cycle.',
      'That is 14.8 GB above the cap of 10 GB.',
      '50.00 was already paid.',
      '100.00 is outstanding.',
    ]),
  );
});
