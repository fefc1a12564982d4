import type { Dataset } from '../../seed/writing/dataset.ts';
import { aTicket } from './small-records.ts';

export const service = {
  usage: [1, 2, 3].map((day) => ({
    subscription_id: 11,
    usage_date: `2026-03-0${day}`,
    data_used_mb: day * 100.5,
    voice_minutes: day * 10,
    sms_count: day,
  })),
  orders: [
    {
      order_id: 1,
      customer_id: 1,
      product_name: 'Router',
      amount: 75,
      order_date: '2026-01-20',
      status: 'returned',
      returned_date: '2026-02-18',
    },
    {
      order_id: 2,
      customer_id: 1,
      product_name: 'Phone case',
      amount: 19.99,
      order_date: '2026-03-02',
      status: 'delivered',
      returned_date: null,
    },
  ],
  tickets: [
    aTicket({ ticket_id: 1 }),
    aTicket({
      ticket_id: 2,
      status: 'closed',
      opened_at: '2026-01-05T09:00:00.000Z',
      closed_at: '2026-01-07T09:00:00.000Z',
    }),
    aTicket({ ticket_id: 3, status: 'pending', opened_at: '2026-03-12T09:00:00.000Z' }),
  ],
  incidents: [
    {
      incident_id: 1,
      subscription_id: 11,
      incident_date: '2026-02-20',
      description: 'A cut cable near the harbour',
      status: 'resolved',
    },
    {
      incident_id: 2,
      subscription_id: 11,
      incident_date: '2026-03-13',
      description: 'Low signal in the evening',
      status: 'investigating',
    },
    {
      incident_id: 3,
      subscription_id: 12,
      incident_date: '2026-03-14',
      description: 'Planned work',
      status: 'investigating',
    },
  ],
  documents: [
    {
      slug: 'return-policy',
      title: 'Return Policy',
      doc_type: 'policy',
      content: 'Goods can be returned within 30 days. The refund takes 7 to 10 business days.',
    },
    {
      slug: 'account-unlock-procedure',
      title: 'Account Unlock Procedure',
      doc_type: 'procedure',
      content: 'Verify the identity, then a second factor, then reset the password.',
    },
  ],
} satisfies Partial<Dataset>;
