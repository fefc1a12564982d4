import * as z from 'zod';
import { counted } from '#platform/counted';
import { newestFirst } from '#platform/dates';
import { id } from '#platform/mcp/definitions/inputs';
import { readOnly } from '#platform/mcp/definitions/tool';
import { defineTool } from '../../define.ts';
import { writtenByOthers } from '../../labels.ts';
import { order } from '../../rules/model.ts';
import { formatMoney } from '../../rules/money.ts';
import { loadCustomer, values } from '../lookups.ts';

export const getCustomerOrders = defineTool({
  name: 'get_customer_orders',
  title: 'Orders of a customer',
  description:
    "Returns a customer's orders, newest first, with their status and, for returned goods, the day of the return. Use it for questions about deliveries, returns and refunds; for invoices call get_billing_summary.",
  permission: 'orders.read',
  progress: 'Looking at the orders and returns',
  annotations: readOnly,
  labels: writtenByOthers,
  input: z.strictObject({ customer_id: id('The customer.') }),
  output: z.object({ orders: z.array(order) }),
  example: ({ customer }) => ({ customer_id: customer().customer_id }),
  async handler({ customer_id }, call) {
    const { account } = await loadCustomer(call, customer_id, ['order']);
    const orders = newestFirst(
      values(account.order),
      (record) => record.order_date,
      (record) => record.order_id,
    );
    return { orders };
  },
  summary({ orders }) {
    const latest = orders[0];
    return latest === undefined
      ? 'There are no orders.'
      : `${counted(orders.length, 'order')}; the latest is ${latest.product_name} for ${formatMoney(latest.amount)} of ${latest.order_date}, ${latest.status}.`;
  },
});
