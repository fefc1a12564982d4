import type { AnyTool } from '#platform/mcp/definitions/tool';
import { getBillingSummary } from './billing/get-billing-summary.ts';
import { getInvoicePayments } from './billing/get-invoice-payments.ts';
import { payInvoice } from './billing/pay-invoice.ts';
import { getEligiblePromotions } from './catalog/get-eligible-promotions.ts';
import { getProductDetail } from './catalog/get-product-detail.ts';
import { getProducts } from './catalog/get-products.ts';
import { getPromotions } from './catalog/get-promotions.ts';
import { getAllCustomers } from './customers/get-all-customers.ts';
import { getCustomerDetail } from './customers/get-customer-detail.ts';
import { searchKnowledgeBase } from './knowledge/search-knowledge-base.ts';
import { getCustomerOrders } from './orders/get-customer-orders.ts';
import { getSecurityLogs } from './security/get-security-logs.ts';
import { unlockAccount } from './security/unlock-account.ts';
import { getSubscriptionDetail } from './subscriptions/get-subscription-detail.ts';
import { updateSubscription } from './subscriptions/update-subscription.ts';
import { createSupportTicket } from './tickets/create-support-ticket.ts';
import { getSupportTickets } from './tickets/get-support-tickets.ts';
import { getDataUsage } from './usage/get-data-usage.ts';

/** The tools of `/mcp`, in the order in which clients see them. The order is fixed: prompts that list them stay cached. */
export const businessTools: readonly AnyTool[] = [
  getAllCustomers,
  getCustomerDetail,
  getSubscriptionDetail,
  getInvoicePayments,
  getBillingSummary,
  payInvoice,
  getDataUsage,
  getPromotions,
  getEligiblePromotions,
  getProducts,
  getProductDetail,
  getCustomerOrders,
  getSupportTickets,
  createSupportTicket,
  updateSubscription,
  searchKnowledgeBase,
  getSecurityLogs,
  unlockAccount,
];
