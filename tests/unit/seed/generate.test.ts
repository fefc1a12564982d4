import { describe, expect, test } from 'vitest';
import { generate } from '#seed/generate/generate';
import { datasetOf, pinned } from './samples.ts';

describe('options', () => {
  test.each([
    [{ asOf: '2026-02-30' }, 'asOf'],
    [{ asOf: '15 January' }, 'asOf'],
    [{ seed: -1 }, 'seed'],
    [{ seed: 1.5 }, 'seed'],
    [{ tenant: 'Contoso Ltd' }, 'tenant'],
  ])('%j is refused', (change, named) => {
    expect(() => generate({ ...pinned, ...change })).toThrow(RangeError);
    expect(() => generate({ ...pinned, ...change })).toThrow(named);
  });
});

describe('the date that the data are relative to', () => {
  const before = datasetOf(pinned);
  const after = generate({ ...pinned, asOf: '2026-01-25' });

  test('moves the dates along', () => {
    expect(before.subscriptions[0]?.start_date).toBeDefined();
    const days = (dataset: typeof before) =>
      dataset.subscriptions.map((subscription) => Date.parse(subscription.start_date) / 86_400_000);
    const moved = days(after).map((day, place) => day - (days(before)[place] ?? 0));
    expect(new Set(moved)).toEqual(new Set([10]));
    expect(after.usage.at(-1)?.usage_date).toBe('2026-01-24');
  });

  test('leaves the people as they are', () => {
    expect(after.customers).toEqual(before.customers);
  });
});

describe('two tenants', () => {
  const contoso = datasetOf(pinned);
  const fabrikam = datasetOf({ ...pinned, tenant: 'fabrikam' });
  const people = (dataset: typeof contoso) =>
    dataset.customers.map(({ first_name, last_name }) => `${first_name} ${last_name}`);

  test('have the same customer ids and different people under them', () => {
    const ids = contoso.customers.map((customer) => customer.customer_id);
    expect(fabrikam.customers.map((customer) => customer.customer_id)).toEqual(ids);
    const others = people(fabrikam);
    expect(people(contoso).filter((name, place) => name === others[place])).toEqual([]);
  });

  test('have mail domains of their own', () => {
    const domains = (dataset: typeof contoso) =>
      new Set(dataset.customers.map(({ email }) => email.split('@')[1]));
    expect(domains(contoso)).toEqual(new Set(['mail.contoso.example']));
    expect(domains(fabrikam)).toEqual(new Set(['mail.fabrikam.example']));
  });

  test('never name each other', () => {
    expect(JSON.stringify(contoso)).not.toMatch(/fabrikam/i);
    expect(JSON.stringify(fabrikam)).not.toMatch(/contoso/i);
    expect(JSON.stringify(fabrikam)).not.toMatch(/\{\{|\}\}/);
  });

  test('share no e-mail address', () => {
    const addresses = new Set(contoso.customers.map((customer) => customer.email));
    expect(addresses.size).toBe(contoso.customers.length);
    expect(fabrikam.customers.filter((customer) => addresses.has(customer.email))).toEqual([]);
  });
});
