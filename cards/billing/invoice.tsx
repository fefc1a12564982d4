import { useEffect, useState } from 'preact/hooks';
import type * as z from 'zod';
import type { getInvoicePayments } from '#contoso/tools/billing/get-invoice-payments';
import { type Answer, ask } from '../host/answer.ts';
import { Nothing, Trouble, Waiting } from '../shell/states.tsx';
import type { InvoiceProps } from './invoice-props.ts';
import { Pay } from './pay.tsx';

type Payments = z.output<typeof getInvoicePayments.output>;

/** An invoice and what is outstanding; unfolded, its payments and the way to pay. */
export function InvoiceLine({ invoice, host, format, onPaid }: InvoiceProps) {
  const { invoice_id, outstanding } = invoice;
  const [isOpen, setIsOpen] = useState(false);
  return (
    <details onToggle={({ currentTarget }) => setIsOpen(currentTarget.open)}>
      <summary>
        Invoice {invoice_id}:{' '}
        {outstanding > 0 ? <span class="over">{format.dollars(outstanding)} outstanding</span> : 'settled'}
      </summary>
      {isOpen && (
        <>
          <Payments {...{ host, format, invoice_id, outstanding }} />
          <Pay {...{ host, format, invoice, onPaid }} />
        </>
      )}
    </details>
  );
}

interface PaymentsProps extends Pick<InvoiceProps, 'host' | 'format'> {
  readonly invoice_id: number;
  readonly outstanding: number;
}

/** Asked for anew whenever something else is outstanding. */
function Payments({ host, format, invoice_id, outstanding }: PaymentsProps) {
  const [answer, setAnswer] = useState<Answer<Payments>>();
  useEffect(() => {
    void ask<Payments>(host, 'get_invoice_payments', { invoice_id }).then(setAnswer);
  }, [invoice_id, outstanding]);
  if (answer === undefined) {
    return <Waiting what="Looking at the payments…" />;
  }
  if (answer.kind !== 'data') {
    return <Trouble {...answer} />;
  }
  const { payments } = answer.data;
  const settled = payments.reduce((sum, { status, amount }) => sum + (status === 'failed' ? 0 : amount), 0);
  return (
    <>
      <p>
        {format.dollars(settled)} settled of {format.dollars(settled + outstanding)}.
      </p>
      {payments.length === 0 && <Nothing what="There are no payments." />}
      <ul>
        {payments.map(({ payment_id, payment_date, amount, method, status }) => (
          <li key={payment_id}>
            {format.day(payment_date)}: {format.dollars(amount)} by {method.replace('_', ' ')}
            {status === 'failed' ? <strong> (failed)</strong> : ''}
          </li>
        ))}
      </ul>
    </>
  );
}
