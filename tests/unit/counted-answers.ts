import type { Plan } from '#platform/experts/models/offline/offline-model';
import { replay } from '#platform/experts/models/offline/replay';
import { aCustomer, aSubscription } from '../support/small-records.ts';

export const customer = { ...aCustomer(), subscriptions: [{ ...aSubscription(), product_name: 'Fiber' }] };
export const usage = { days: 1, data_used_mb: 5, voice_minutes: 1, sms_count: 1 };

/** All that a playbook says when the tools answer so. */
export function said(playbook: Plan, data: Readonly<Record<string, unknown>>): string {
  const transcript = { question: 'customer 1', earlier: [], resumed: [], outcomeOf: () => undefined };
  const steps = playbook({ transcript, said: [transcript.question], today: '2026-03-15', domain: 'd' });
  const tools = {
    get_customer_detail: customer,
    search_knowledge_base: { mode: 'lexical', documents: [] },
    ...data,
  };
  const outcomeOf = ({ name }: { readonly name: string }) => ({
    outcome: 'ok' as const,
    data: tools[name as keyof typeof tools],
  });
  return JSON.stringify(replay(steps, outcomeOf, new Set(Object.keys(tools))));
}

export function ticketWith(samples: readonly string[]) {
  return {
    tickets: [
      {
        ...{ ticket_id: 1, customer_id: 1, subscription_id: 11, category: 'call_drop', priority: 'high' },
        ...{ status: 'open', opened_at: '2026-03-01T00:00:00.000Z', closed_at: null },
        ...{ subject: 'Calls drop', description: samples.join(', '), cs_agent: 'A' },
      },
    ],
  };
}

export const sample = (day: number) => `2026-03-0${day} 10:00`;
