import type { DemoClient } from '../clients.ts';
import type { Report } from '../report.ts';

/** What wrong calls look like: each gets one sentence that says what to do, and nothing is written. */
export async function refusals(client: DemoClient, report: Report): Promise<void> {
  report.scene('Refusals');
  const wrongCalls: readonly [string, string, Record<string, unknown>][] = [
    ['an invoice that does not exist', 'get_invoice_payments', { invoice_id: 999_999 }],
    ['a negative amount', 'pay_invoice', { invoice_id: 1, amount: -5 }],
    ['an id that is a query', 'get_customer_detail', { customer_id: "1' or '1'='1" }],
    [
      'a period that ends before it starts',
      'get_data_usage',
      { subscription_id: 1, start_date: '2026-02-01', end_date: '2026-01-01' },
    ],
    [
      'an account that is not locked',
      'unlock_account',
      { customer_id: 251, reason: 'The customer asked for it.' },
    ],
  ];
  for (const [what, tool, args] of wrongCalls) {
    const answer = await client.call(tool, args);
    report.check(`${what}: ${answer.text}`, answer.refused && answer.text.length > 20);
  }
}
