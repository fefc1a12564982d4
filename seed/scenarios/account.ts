import type { Faker } from '@faker-js/faker';
import type { Customer, Invoice, Payment, Subscription } from '#contoso/rules/model';
import { addDays } from '../generate/calendar.ts';
import type { SeedContext } from '../generate/context.ts';
import { customerRecord } from '../generate/customers.ts';
import { paymentTermDays } from '../generate/invoices.ts';
import { term } from '../generate/subscriptions.ts';
import { type UsageRecord, usageDays, usageRecord } from '../generate/usage.ts';

/** The tenant whose scenario customers have the names that the documentation uses. */
const namedTenant = 'contoso';

/** Days of a billing cycle; the last day is the invoice date. */
export const cycleDays = 30;

interface Plan extends Pick<Subscription, 'product_id' | 'speed_tier' | 'data_cap_gb'> {
  /** Days since the subscription began. */
  readonly age: number;
  readonly roaming_enabled?: boolean;
  readonly autopay_enabled?: boolean;
  readonly service_status?: Subscription['service_status'];
  readonly status?: Subscription['status'];
}

export interface ScenarioAccount {
  readonly random: Faker;
  readonly customer: Customer;
  readonly subscription: Subscription;
}

/** A customer with one subscription. Tenants other than the first have people of their own. */
export function openAccount(
  context: SeedContext,
  person: Pick<Customer, 'first_name' | 'last_name' | 'loyalty_level'>,
  plan: Plan,
): ScenarioAccount {
  const random = context.randomFor(`scenario of ${person.first_name} ${person.last_name}`);
  const name =
    context.tenant === namedTenant
      ? person
      : { first_name: random.person.firstName(), last_name: random.person.lastName() };
  const customer = customerRecord(context, random, { ...person, ...name });
  const { age, ...chosen } = plan;
  const subscription: Subscription = {
    subscription_id: context.nextId('subscription'),
    customer_id: customer.customer_id,
    ...term(context.asOf, age),
    status: 'active',
    service_status: 'normal',
    roaming_enabled: false,
    autopay_enabled: true,
    ...chosen,
  };
  return { random, customer, subscription };
}

/** An invoice dated `age` days before `asOf`. */
export function invoiceAt(
  context: SeedContext,
  { subscription }: ScenarioAccount,
  age: number,
  amount: number,
  description: string,
): Invoice {
  const invoice_date = addDays(context.asOf, -age);
  return {
    invoice_id: context.nextId('invoice'),
    subscription_id: subscription.subscription_id,
    invoice_date,
    due_date: addDays(invoice_date, paymentTermDays),
    amount,
    description,
  };
}

/** A payment made `age` days before `asOf`; in full and successful unless told otherwise. */
export function paymentAt(
  context: SeedContext,
  invoice: Invoice,
  age: number,
  other: Partial<Pick<Payment, 'amount' | 'status' | 'method'>> = {},
): Payment {
  return {
    payment_id: context.nextId('payment'),
    invoice_id: invoice.invoice_id,
    payment_date: addDays(context.asOf, -age),
    amount: invoice.amount,
    method: 'credit_card',
    status: 'successful',
    ...other,
  };
}

/** Three ordinary invoices, the newest `age` days old, one each cycle and each paid a week later. Oldest first. */
export function usualInvoices(
  context: SeedContext,
  account: ScenarioAccount,
  age: number,
  amount: number,
): { invoices: Invoice[]; payments: Payment[] } {
  const ages = [2, 1, 0].map((cycles) => age + cycles * cycleDays);
  const invoices = ages.map((days) => invoiceAt(context, account, days, amount, 'Monthly fee'));
  const payments = invoices.flatMap((invoice, place) =>
    paymentAt(context, invoice, (ages[place] ?? age) - 7, { method: 'ach' }),
  );
  return { invoices, payments };
}

/** Daily usage of 60 days up to the day `lastAge` days before `asOf`, ordinary but for the newest days, which are given. */
export function usageUntil(
  context: SeedContext,
  { random, subscription }: ScenarioAccount,
  lastAge: number,
  newestInMb: readonly number[],
): UsageRecord[] {
  const ordinary = Array.from({ length: usageDays - newestInMb.length }, () =>
    random.number.int({ min: 150, max: 350 }),
  );
  return [...ordinary, ...newestInMb].map((megabytes, place) =>
    usageRecord(
      random,
      subscription.subscription_id,
      addDays(context.asOf, place + 1 - usageDays - lastAge),
      megabytes,
    ),
  );
}

/** A total spread over an even number of days with some variation, so that the days add up to it exactly. */
export function spread(random: Faker, totalInMb: number, days: number): number[] {
  const daily = Math.floor(totalInMb / days);
  const pairs = Array.from({ length: days / 2 }, () => {
    const swing = random.number.int({ min: 0, max: 200 });
    return [daily + swing, daily - swing];
  }).flat();
  const rest = totalInMb - daily * days;
  return pairs.map((megabytes, place) => (place < rest ? megabytes + 1 : megabytes));
}
