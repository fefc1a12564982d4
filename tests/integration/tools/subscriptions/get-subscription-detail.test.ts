import { beforeAll, expect, test } from 'vitest';
import { getSubscriptionDetail } from '#contoso/tools/subscriptions/get-subscription-detail';
import { InvalidInput, NotFound } from '#platform/errors';
import { type Company, openCompany } from '../company.ts';

let company: Company;
beforeAll(async () => {
  company = await openCompany();
});

test('shows the product, and invoices newest first with what is settled and outstanding', async () => {
  const detail = await company.ask(getSubscriptionDetail, { subscription_id: 11 });
  expect(detail).toMatchObject({ subscription_id: 11, customer_id: 1, product: { name: 'Mobile Plan' } });
  expect(detail.invoices.map((one) => [one.invoice_id, one.settled, one.outstanding])).toEqual([
    [101, 0, 60],
    [102, 30, 50],
    [103, 40.1, 0],
  ]);
});

test('shows the payments of each invoice, newest first and failed ones too', async () => {
  const { invoices } = await company.ask(getSubscriptionDetail, { subscription_id: 11 });
  expect(invoices.map((one) => one.payments.map((payment) => payment.payment_id))).toEqual([
    [],
    [1002, 1001],
    [1003],
  ]);
});

test('shows incidents of this subscription only, newest first', async () => {
  const { service_incidents } = await company.ask(getSubscriptionDetail, { subscription_id: 11 });
  expect(service_incidents.map((one) => one.incident_id)).toEqual([2, 1]);
});

test('says in a sentence what is owed and what is going on', async () => {
  const detail = await company.ask(getSubscriptionDetail, { subscription_id: 11 });
  expect(getSubscriptionDetail.summary(detail)).toBe(
    'Subscription 11, Mobile Plan: active, service normal, 3 invoices with $110.00 outstanding, 2 incidents, 1 of them open.',
  );
});

test('an unknown subscription is not found', async () => {
  expect(await company.refusal(getSubscriptionDetail, { subscription_id: 999_999 })).toBeInstanceOf(NotFound);
});

test('refuses a text that is not an id', async () => {
  const error = await company.refusal(getSubscriptionDetail, { subscription_id: "1' or '1'='1" });
  expect(error).toBeInstanceOf(InvalidInput);
});
