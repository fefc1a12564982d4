import type { Card } from '#platform/mcp/definitions/card';
import { digests } from './pages/digests.ts';

/** Loaded when a client reads the first of them; all at once, since a deployment of files has two for each part. */
const pages = () => import('./pages/index.ts');

/** Through which experts are asked. */
const experts = ['ask_expert', 'ask_billing_expert', 'ask_account_expert', 'ask_product_expert'];

/** What clients can show beside answers. The pages are made from the folders of the same names in `cards/`. */
export const cards: readonly Card[] = [
  {
    name: 'usage',
    title: 'Data usage',
    tools: ['get_data_usage'],
    calls: ['get_data_usage', 'get_subscription_detail'],
    digest: digests.usage,
    page: async () => (await pages()).usage,
  },
  {
    name: 'billing',
    title: 'Invoices',
    tools: ['get_billing_summary'],
    calls: ['get_billing_summary', 'get_invoice_payments', 'pay_invoice'],
    digest: digests.billing,
    page: async () => (await pages()).billing,
  },
  {
    name: 'service',
    title: 'Subscription and service',
    tools: ['get_subscription_detail'],
    calls: [],
    digest: digests.service,
    page: async () => (await pages()).service,
  },
  {
    name: 'diagnosis',
    title: 'Diagnosis of a device',
    tools: ['trouble_shoot_device'],
    calls: ['get_diagnosis_progress', 'cancel_diagnosis'],
    digest: digests.diagnosis,
    page: async () => (await pages()).diagnosis,
  },
  {
    name: 'approval',
    title: 'A second person',
    tools: ['list_approvals', 'decide_approval', 'pay_invoice'],
    calls: ['list_approvals', 'decide_approval', 'pay_invoice', 'list_requests'],
    digest: digests.approval,
    page: async () => (await pages()).approval,
  },
  {
    name: 'answer',
    title: 'Answer of an expert',
    tools: experts,
    calls: [...experts, 'read_citation'],
    digest: digests.answer,
    page: async () => (await pages()).answer,
  },
];
