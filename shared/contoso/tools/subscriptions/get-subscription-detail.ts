import * as z from 'zod';
import { counted } from '#platform/counted';
import { newestFirst } from '#platform/dates';
import { NotFound } from '#platform/errors';
import { id } from '#platform/mcp/definitions/inputs';
import { readOnly } from '#platform/mcp/definitions/tool';
import { defineTool } from '../../define.ts';
import { writtenByOthers } from '../../labels.ts';
import { balanceOf, paymentsOf } from '../../rules/billing.ts';
import { incident, invoice, payment, product, subscription } from '../../rules/model.ts';
import { formatMoney } from '../../rules/money.ts';
import { newestInvoices, newestPayments } from '../billing/order.ts';
import { noSubscription, ownerOfSubscription, values } from '../lookups.ts';

export const getSubscriptionDetail = defineTool({
  name: 'get_subscription_detail',
  title: 'Subscription, invoices and incidents',
  description:
    'Returns one subscription with its product, its invoices (newest first, each with its payments, what is settled and what is outstanding) and the incidents of its service. Use it to explain a bill or a fault. For the daily usage call get_data_usage; to see only what a customer owes call get_billing_summary.',
  permission: 'subscriptions.read',
  progress: 'Looking at the invoices and incidents of the subscription',
  annotations: readOnly,
  labels: writtenByOthers,
  input: z.strictObject({ subscription_id: id('The subscription; get_customer_detail lists them.') }),
  output: subscription.extend({
    product,
    invoices: z.array(
      invoice.extend({
        payments: z.array(payment),
        settled: z.number().min(0).describe('Dollars paid so far; failed payments do not count.'),
        outstanding: z.number().min(0).describe('Dollars still to be paid.'),
      }),
    ),
    service_incidents: z.array(incident),
  }),
  example: ({ subscription }) => ({ subscription_id: subscription().subscription_id }),
  async handler({ subscription_id }, call) {
    const customerId = await ownerOfSubscription(call, subscription_id);
    const [account, products] = await Promise.all([
      call.store.accounts.load(customerId, ['subscription', 'invoice', 'payment', 'incident']),
      call.store.catalog.products(),
    ]);
    const held = values(account.subscription).find((record) => record.subscription_id === subscription_id);
    if (held === undefined) {
      return noSubscription(subscription_id);
    }
    const sold = products.find((record) => record.product_id === held.product_id);
    if (sold === undefined) {
      throw new NotFound(
        `Product ${held.product_id} of subscription ${subscription_id} is no longer in the catalog; call get_customer_detail for what is known of the subscription.`,
      );
    }
    const ofThis = (record: { subscription_id: number }) => record.subscription_id === subscription_id;
    const payments = values(account.payment);
    return {
      ...held,
      product: sold,
      invoices: newestInvoices(values(account.invoice).filter(ofThis)).map((record) => ({
        ...record,
        payments: newestPayments(paymentsOf(record, payments)),
        ...balanceOf(record, payments),
      })),
      service_incidents: newestFirst(
        values(account.incident).filter(ofThis),
        (record) => record.incident_date,
        (record) => record.incident_id,
      ),
    };
  },
  summary({ subscription_id, product: sold, status, service_status, invoices, service_incidents }) {
    const owed = invoices.reduce((sum, record) => sum + record.outstanding, 0);
    const open = service_incidents.filter((record) => record.status === 'investigating').length;
    return `Subscription ${subscription_id}, ${sold.name}: ${status}, service ${service_status}, ${counted(invoices.length, 'invoice')} with ${formatMoney(owed)} outstanding, ${counted(service_incidents.length, 'incident')}, ${open} of them open.`;
  },
});
