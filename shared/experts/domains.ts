import { createHash } from 'node:crypto';
import { accountInstructions } from './instructions/account.ts';
import { billingInstructions } from './instructions/billing.ts';
import { commonInstructions } from './instructions/common.ts';
import { productInstructions } from './instructions/product.ts';

export const domains = ['billing', 'account', 'product'] as const;
export type Domain = (typeof domains)[number];

export interface DomainDefinition {
  /** The tool through which callers reach this expert. */
  readonly askTool: string;
  /** What it is for, to complete "That is a matter of …". */
  readonly topics: string;
  readonly instructions: string;
  /** Which instructions answered, for the log: changes with every letter of them. */
  readonly version: string;
  /** The tools that it may use at most; docs/experts.md says why each. */
  readonly tools: readonly string[];
}

/** Every expert has to find the customer and the rules. */
const everyDomain = ['get_all_customers', 'get_customer_detail', 'search_knowledge_base'];

export const domainDefinitions: Readonly<Record<Domain, DomainDefinition>> = {
  billing: define('ask_billing_expert', 'invoices, payments, refunds and fees', billingInstructions, [
    'get_subscription_detail',
    'get_billing_summary',
    'get_invoice_payments',
    'get_data_usage',
    'get_products',
    'get_customer_orders',
    'pay_invoice',
  ]),
  account: define('ask_account_expert', 'sign-in, locks and security', accountInstructions, [
    'get_security_logs',
    'unlock_account',
    'get_support_tickets',
    'create_support_ticket',
  ]),
  product: define(
    'ask_product_expert',
    'plans, promotions, roaming and service quality',
    productInstructions,
    [
      'get_subscription_detail',
      'get_data_usage',
      'get_products',
      'get_product_detail',
      'get_promotions',
      'get_eligible_promotions',
      'get_support_tickets',
      'create_support_ticket',
      'update_subscription',
      'trouble_shoot_device',
    ],
  ),
};

function define(askTool: string, topics: string, own: string, tools: readonly string[]): DomainDefinition {
  const instructions = `${own}\n\n${commonInstructions}`;
  const version = createHash('sha256').update(instructions).digest('hex').slice(0, 12);
  return { askTool, topics, instructions, version, tools: [...everyDomain, ...tools] };
}
