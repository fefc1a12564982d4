import { expect } from 'vitest';
import { callAgreeing, formerClient } from '../../scripts/demo/clients.ts';
import { invoiceOf, withPayers } from '../integration/experts/paying-customers.ts';
import { type TestTenant, tokenFor } from '../support/service.ts';

const payers = withPayers(1);
export const payerData = payers.data;
/** Of the arguments and of the reason, as texts. */
export const markers = ['marker-of-a-key', '61.37', 'Marker of a reason'] as const;
const [key, amount, reason] = markers;

/** Settings under which the payment waits for a second person. */
export const withLimit = { APPROVE_ABOVE: '50', CONFIRM_PAYMENTS_ABOVE: '1000000' };

/** A payment that waits for a second person, at a service that is reached at an address. */
export interface WaitingPayment {
  readonly id: string;
  /** Has somebody else approve it, with a reason; what it came to. */
  approve(): Promise<unknown>;
}

export async function askForPayment(url: string, tenant: TestTenant): Promise<WaitingPayment> {
  const call = async (
    roles: readonly string[],
    user: string,
    tool: string,
    args: Record<string, unknown>,
  ) => {
    const client = await formerClient({ url: `${url}/mcp`, token: tokenFor(tenant, roles, user) });
    try {
      return await callAgreeing(client, tool, args);
    } finally {
      await client.close();
    }
  };
  const { text } = await call(['query', 'billing'], 'bill', 'pay_invoice', {
    invoice_id: invoiceOf(payers.ids[0] ?? 0),
    amount: Number(amount),
    idempotency_key: key,
  });
  const id = /approval ([0-9a-f]{48})/.exec(text)?.[1] ?? expect.fail(text);
  return {
    id,
    async approve() {
      const decision = { approval_id: id, decision: 'approve', reason };
      return (await call(['query', 'approver'], 'anna', 'decide_approval', decision)).data.state;
    },
  };
}
