import type { Trial } from '#platform/business';

/** The job is about no subscription, and so reads no record. */
export const trial: Trial = {
  call: { tool: 'get_promotions', arguments: {} },
  job: {
    tool: 'trouble_shoot_device',
    arguments: { detail: 'A check of the service; nothing is wrong.', device_name: 'doctor' },
  },
  question: {
    expert: 'billing',
    text: 'What does customer 1 owe? Look it up with get_billing_summary, once, and answer from what it says.',
    tool: 'get_billing_summary',
    data: { customer_id: 1, total_due: 12.5, invoices: [{ invoice_id: 1, outstanding: 12.5 }] },
  },
};
