import { afterAll, beforeAll, expect, it } from 'vitest';
import { currentClient } from '../../scripts/demo/clients.ts';
import { type Service, startService, tokenFor } from '../support/service.ts';

let service: Service;

beforeAll(async () => {
  service = await startService();
});

afterAll(async () => {
  await service?.stop();
});

interface Books {
  readonly amount: number;
  readonly outstanding: number;
  readonly payments: readonly { payment_id: number; amount: number; status: string }[];
}

const cents = (dollars: number) => Math.round(dollars * 100);

it('keeps the books right when the process is killed in the middle of payments', async () => {
  const [tenant] = service.tenants;
  const token = tokenFor(tenant, ['query', 'billing']);
  const invoice = tenant.data.invoices.find(
    ({ invoice_id }) =>
      !tenant.data.payments.some((paid) => paid.invoice_id === invoice_id && paid.status !== 'failed'),
  );
  if (invoice === undefined) {
    throw new Error('The seed has no open invoice.');
  }
  const { invoice_id, subscription_id } = invoice;

  const answered = new Set<number>();
  const pay = async (key: number) => {
    const client = await currentClient({ url: service.url, token });
    const { data, refused } = await client.call('pay_invoice', {
      invoice_id,
      amount: 0.25,
      idempotency_key: `k${key}`,
    });
    if (!refused) {
      answered.add(data.payment_id as number);
    }
    await client.close();
  };
  const keys = Array.from({ length: 40 }, (_, key) => key);
  const flight = Promise.allSettled(keys.map(pay));
  await expect.poll(() => answered.size, { interval: 5 }).toBeGreaterThan(2);
  service = await service.restart();
  await flight;
  const answeredBeforeTheCrash = [...answered];

  // Whoever got no answer asks again with the same key, as a careful caller does.
  await Promise.all(keys.map(pay));

  const client = await currentClient({ url: service.url, token });
  const { data } = await client.call('get_subscription_detail', { subscription_id });
  await client.close();
  const books = (data.invoices as (Books & { invoice_id: number })[]).find(
    (one) => one.invoice_id === invoice_id,
  );
  const paid = books?.payments.filter(({ status }) => status !== 'failed') ?? [];
  expect(paid).toHaveLength(keys.length);
  expect(answeredBeforeTheCrash.filter((id) => !paid.some(({ payment_id }) => payment_id === id))).toEqual(
    [],
  );
  expect(cents(books?.outstanding ?? Number.NaN)).toBe(cents(invoice.amount) - keys.length * 25);
});
