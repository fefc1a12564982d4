import type { Role } from '#contoso/access/roles';
import type { EndpointName } from '#platform/access/offer';
import type { Need } from '#platform/access/permissions';

export type Kind = 'tool' | 'prompt' | 'completion' | 'resource';

/** A thing of the business: where it is, the roles of which one is enough for it, and whether it needs a person, too. */
export type Row = readonly [Kind, string, readonly EndpointName[], readonly Role[], Need?];

const readers: readonly Role[] = ['query', 'security'];
const [billing, account, product] = ['expert:billing', 'expert:account', 'expert:product'] as const;

/**
 * Who is shown what, and may use it. Written by hand and computed from nothing, so that no change of a definition, of the
 * permission table, of an expert or of the rules goes unseen: whoever means it writes it here, too.
 */
export const exposureTable: readonly Row[] = [
  ['tool', 'get_all_customers', ['mcp', billing, account, product], readers],
  ['tool', 'get_customer_detail', ['mcp', billing, account, product], readers],
  ['tool', 'get_subscription_detail', ['mcp', billing, product], readers],
  ['tool', 'get_invoice_payments', ['mcp', billing], ['query', 'billing', 'security']],
  ['tool', 'get_billing_summary', ['mcp', billing], ['query', 'billing', 'security']],
  ['tool', 'pay_invoice', ['mcp', billing], ['billing', 'security']],
  ['tool', 'get_data_usage', ['mcp', billing, product], readers],
  ['tool', 'get_promotions', ['mcp', product], readers],
  ['tool', 'get_eligible_promotions', ['mcp', product], readers],
  ['tool', 'get_products', ['mcp', billing, product], readers],
  ['tool', 'get_product_detail', ['mcp', product], readers],
  ['tool', 'get_customer_orders', ['mcp', billing], readers],
  ['tool', 'get_support_tickets', ['mcp', account, product], readers],
  ['tool', 'create_support_ticket', ['mcp', account, product], ['agent', 'security']],
  ['tool', 'update_subscription', ['mcp', product], ['agent', 'security']],
  ['tool', 'search_knowledge_base', ['mcp', billing, account, product], readers],
  ['tool', 'get_security_logs', ['mcp', account], ['security']],
  ['tool', 'unlock_account', ['mcp', account], ['security'], 'person'],
  ['tool', 'list_approvals', ['mcp'], ['approver'], 'another_person'],
  ['tool', 'decide_approval', ['mcp'], ['approver'], 'another_person'],
  ['tool', 'ask_expert', ['agentic'], readers],
  ['tool', 'ask_billing_expert', ['agentic'], readers],
  ['tool', 'ask_account_expert', ['agentic'], readers],
  ['tool', 'ask_product_expert', ['agentic'], readers],
  ['tool', 'trouble_shoot_device', ['agentic', product], readers],
  ['tool', 'get_diagnosis', [product], readers],
  ['tool', 'get_diagnosis_progress', ['agentic'], readers],
  ['tool', 'cancel_diagnosis', ['agentic'], readers],
  ['tool', 'read_citation', ['agentic'], readers],
  ['tool', 'list_jobs', ['agentic'], readers],
  ['tool', 'read_job', ['agentic'], readers],
  ['tool', 'cancel_job', ['agentic'], readers],
  ['tool', 'list_requests', ['mcp'], ['billing', 'security']],
  ['tool', 'withdraw_request', ['mcp'], ['billing', 'security']],
  ['tool', 'read_trail', ['mcp'], ['security'], 'person'],
  ['tool', 'hand_to_billing_expert', [account, product], readers],
  ['tool', 'hand_to_account_expert', [billing, product], readers],
  ['tool', 'hand_to_product_expert', [billing, account], readers],
  ['prompt', 'explain_invoice', ['mcp'], ['query', 'billing', 'security']],
  ['completion', 'explain_invoice.customer_id', ['mcp'], readers],
  ['prompt', 'troubleshoot_service', ['mcp'], readers],
  ['completion', 'troubleshoot_service.customer_id', ['mcp'], readers],
  ['completion', 'troubleshoot_service.subscription_id', ['mcp'], readers],
  ['prompt', 'unlock_account', ['mcp'], ['security'], 'person'],
  ['completion', 'unlock_account.customer_id', ['mcp'], ['security'], 'person'],
  ['resource', 'knowledge', ['mcp'], readers],
  ['resource', 'approvals', ['mcp'], ['approver'], 'another_person'],
];
