import * as z from 'zod';
import { counted } from '#platform/counted';
import { id } from '#platform/mcp/definitions/inputs';
import { readOnly } from '#platform/mcp/definitions/tool';
import { defineTool } from '../../define.ts';
import { figures } from '../../labels.ts';
import { billingSummary } from '../../rules/billing.ts';
import { customer, invoice } from '../../rules/model.ts';
import { formatMoney } from '../../rules/money.ts';
import { loadCustomer, values } from '../lookups.ts';
import { newestInvoices } from './order.ts';

export const getBillingSummary = defineTool({
  name: 'get_billing_summary',
  title: 'What a customer owes',
  description:
    'Returns what a customer owes in all and for each invoice, newest first; settled invoices have 0 outstanding. Use it for "how much do I owe" and to find an invoice_id. For amounts, due dates and payments call get_subscription_detail.',
  permission: 'billing.read',
  progress: 'Looking at what is outstanding',
  annotations: readOnly,
  labels: figures,
  input: z.strictObject({ customer_id: id('The customer.') }),
  output: z.object({
    customer_id: customer.shape.customer_id,
    total_due: z.number().min(0).describe('Dollars outstanding over all invoices.'),
    invoices: z.array(
      z.object({
        invoice_id: invoice.shape.invoice_id,
        outstanding: z.number().min(0).describe('Dollars still to be paid.'),
      }),
    ),
  }),
  example: ({ customer }) => ({ customer_id: customer().customer_id }),
  async handler({ customer_id }, call) {
    const { account } = await loadCustomer(call, customer_id, ['invoice', 'payment']);
    const invoices = newestInvoices(values(account.invoice));
    return { customer_id, ...billingSummary(invoices, values(account.payment)) };
  },
  summary({ customer_id, total_due, invoices }) {
    const unpaid = invoices.filter((record) => record.outstanding > 0).length;
    return `Customer ${customer_id} owes ${formatMoney(total_due)} on ${unpaid} of ${counted(invoices.length, 'invoice')}.`;
  },
});
