import { useState } from 'preact/hooks';
import type * as z from 'zod';
import type { getBillingSummary } from '#contoso/tools/billing/get-billing-summary';
import { ask } from '../host/answer.ts';
import { type BodyProps, mountCard } from '../shell/mount.tsx';
import { Nothing } from '../shell/states.tsx';
import { InvoiceLine } from './invoice.tsx';

type Input = z.output<typeof getBillingSummary.input>;
type Summary = z.output<typeof getBillingSummary.output>;

const tool = 'get_billing_summary';

mountCard<Input, Summary>({ name: 'billing', title: 'Invoices', tool, body: BillingCard });

function BillingCard({ host, format, data }: BodyProps<Input, Summary>) {
  const [newer, setNewer] = useState<Summary>();
  const summary = newer ?? data;
  const refresh = async () => {
    const answer = await ask<Summary>(host, tool, { customer_id: summary.customer_id });
    if (answer.kind === 'data') {
      setNewer(answer.data);
    }
  };
  const { invoices, total_due, customer_id } = summary;
  return (
    <>
      <p>
        Customer {customer_id} owes <strong>{format.dollars(total_due)}</strong>.
      </p>
      {invoices.length === 0 && <Nothing what="There are no invoices." />}
      <ul class="plain">
        {invoices.map((invoice) => (
          <li key={invoice.invoice_id}>
            <InvoiceLine {...{ invoice, host, format }} onPaid={() => void refresh()} />
          </li>
        ))}
      </ul>
    </>
  );
}
