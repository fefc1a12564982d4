import { useRef, useState } from 'preact/hooks';
import type * as z from 'zod';
import type { PaymentMethod } from '#contoso/rules/payments';
import type { payInvoice } from '#contoso/tools/billing/pay-invoice';
import { ChangeState, useChange } from '../shell/change.tsx';
import { newKey } from '../shell/key.ts';
import type { InvoiceProps } from './invoice-props.ts';

type Paid = z.output<typeof payInvoice.output>;

/** The ways to pay, and what people call them; the first is chosen until another one is. */
const methods = {
  credit_card: 'credit card',
  ach: 'ACH',
  paypal: 'PayPal',
  apple_pay: 'Apple Pay',
} satisfies Record<PaymentMethod, string>;

/**
 * Pays an invoice, in full or in part. It is no form: a frame without that permission submits none. What was paid stays
 * said when nothing is outstanding any more.
 */
export function Pay({ host, format, invoice: { invoice_id, outstanding }, onPaid }: InvoiceProps) {
  const [amount, setAmount] = useState<string>();
  const [method, setMethod] = useState('credit_card');
  const field = useRef<HTMLInputElement>(null);
  const changing = useChange<Paid>(host, 'pay_invoice', () => {
    setAmount(undefined);
    onPaid();
  });
  const { change, run } = changing;
  const isBusy = change.kind === 'running' || change.kind === 'asks';
  const pay = () => {
    if (field.current?.reportValidity()) {
      const dollars = Number(amount ?? outstanding);
      void run({ invoice_id, amount: dollars, method, idempotency_key: newKey() });
    }
  };
  const id = `amount-${invoice_id}`;
  return (
    <>
      {outstanding > 0 && (
        <p>
          <label for={id}>Amount in dollars</label>{' '}
          <input
            ref={field}
            id={id}
            type="number"
            inputMode="decimal"
            required
            min="0.01"
            max={outstanding}
            step="0.01"
            value={amount ?? outstanding}
            disabled={isBusy}
            onInput={({ currentTarget }) => setAmount(currentTarget.value)}
            onKeyDown={({ key }) => key === 'Enter' && pay()}
          />{' '}
          <label for={`${id}-by`}>by</label>{' '}
          <select
            id={`${id}-by`}
            value={method}
            disabled={isBusy}
            onChange={({ currentTarget }) => setMethod(currentTarget.value)}
          >
            {Object.entries(methods).map(([one, name]) => (
              <option key={one} value={one}>
                {name}
              </option>
            ))}
          </select>{' '}
          <button type="button" disabled={isBusy} onClick={pay}>
            Pay
          </button>
        </p>
      )}
      <ChangeState changing={changing} verb="Agree and pay" format={format} />
    </>
  );
}
