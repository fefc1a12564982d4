import { millisecondsPerDay } from '#platform/dates';
import type { DemoClient } from '../clients.ts';
import type { Report } from '../report.ts';

/** The customer of the first scenario: an invoice far above the usual, and more data used than the plan includes. */
const customerId = 251;

interface Invoice {
  readonly invoice_id: number;
  readonly amount: number;
  readonly outstanding: number;
}

/** A care agent looks into a high invoice and takes a payment of 20.00. */
export async function highInvoice(client: DemoClient, report: Report): Promise<void> {
  report.scene('A high invoice');
  const customer = await client.call('get_customer_detail', { customer_id: customerId });
  report.say(customer.text);
  const [subscription] = customer.data.subscriptions as {
    subscription_id: number;
    data_cap_gb: number | null;
  }[];
  if (subscription === undefined) {
    throw new Error('The customer of the demo has no subscription.');
  }

  const detail = await client.call('get_subscription_detail', {
    subscription_id: subscription.subscription_id,
  });
  const [latest, ...earlier] = detail.data.invoices as Invoice[];
  if (latest === undefined) {
    throw new Error('The customer of the demo has no invoice.');
  }
  report.say(`Latest invoice: ${money(latest.amount)}, outstanding ${money(latest.outstanding)}.`);
  report.check(
    'the invoice is far above the earlier ones',
    earlier.every(({ amount }) => amount < latest.amount / 2),
  );

  await usageOverTheCap(client, report, subscription);
  await payTwice(client, report, latest);
}

async function usageOverTheCap(
  client: DemoClient,
  report: Report,
  subscription: { subscription_id: number; data_cap_gb: number | null },
): Promise<void> {
  const today = new Date();
  const monthAgo = new Date(today.getTime() - 30 * millisecondsPerDay);
  const usage = await client.call('get_data_usage', {
    subscription_id: subscription.subscription_id,
    start_date: monthAgo.toISOString().slice(0, 10),
    end_date: today.toISOString().slice(0, 10),
    aggregate: true,
  });
  // The overage policy counts 1 GB as 1,000 MB.
  const used = (usage.data.totals as { data_used_mb: number }).data_used_mb / 1000;
  const cap = subscription.data_cap_gb ?? Number.POSITIVE_INFINITY;
  report.check(`the cycle's usage (${used.toFixed(1)} GB) is over the cap (${cap} GB)`, used > cap);
}

async function payTwice(client: DemoClient, report: Report, invoice: Invoice): Promise<void> {
  const payment = {
    invoice_id: invoice.invoice_id,
    amount: 20,
    method: 'credit_card',
    idempotency_key: `demo-${client.era}`,
  };
  const first = await client.call('pay_invoice', payment);
  report.say(first.text);
  const left = first.data.outstanding;
  report.check(
    `20.00 paid, ${money(left)} left`,
    left === Math.round((invoice.outstanding - 20) * 100) / 100,
  );

  const again = await client.call('pay_invoice', payment);
  report.check('the same call again is the same payment', again.data.payment_id === first.data.payment_id);
  const { data } = await client.call('get_invoice_payments', { invoice_id: invoice.invoice_id });
  const ours = (data.payments as { payment_id: number }[]).filter(
    (paid) => paid.payment_id === first.data.payment_id,
  );
  report.check('and is on the books once', ours.length === 1);
}

function money(amount: unknown): string {
  return typeof amount === 'number' ? amount.toFixed(2) : String(amount);
}
