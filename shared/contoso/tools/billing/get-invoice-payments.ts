import * as z from 'zod';
import { counted } from '#platform/counted';
import { id } from '#platform/mcp/definitions/inputs';
import { readOnly } from '#platform/mcp/definitions/tool';
import { defineTool } from '../../define.ts';
import { figures } from '../../labels.ts';
import { invoice, payment } from '../../rules/model.ts';
import { ownerOfInvoice, values } from '../lookups.ts';
import { newestPayments } from './order.ts';

export const getInvoicePayments = defineTool({
  name: 'get_invoice_payments',
  title: 'Payments of an invoice',
  description:
    'Returns the payments of one invoice, newest first, failed ones too. Use it to check whether and how an invoice was paid. For all invoices of a subscription at once call get_subscription_detail.',
  permission: 'billing.read',
  progress: 'Looking at the payments of the invoice',
  annotations: readOnly,
  labels: figures,
  input: z.strictObject({ invoice_id: id('The invoice; get_billing_summary lists them.') }),
  output: z.object({ invoice_id: invoice.shape.invoice_id, payments: z.array(payment) }),
  example: ({ openInvoice }) => ({ invoice_id: openInvoice().invoice_id }),
  async handler({ invoice_id }, call) {
    const customerId = await ownerOfInvoice(call, invoice_id);
    const account = await call.store.accounts.load(customerId, ['payment']);
    const payments = values(account.payment).filter((record) => record.invoice_id === invoice_id);
    return { invoice_id, payments: newestPayments(payments) };
  },
  summary({ invoice_id, payments }) {
    const failed = payments.filter((record) => record.status === 'failed').length;
    return `Invoice ${invoice_id} has ${counted(payments.length, 'payment')}, ${failed} of them failed.`;
  },
});
