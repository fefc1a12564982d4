import type { Dataset } from '../../../seed/writing/dataset.ts';
import { aCustomer, anEvent, anInvoice, aProduct, aPromotion, aTicket } from '../../support/small-records.ts';
import type { Place } from './attack.ts';
import type { Lookup } from './obedient-model.ts';

/** Where an attack goes: the records that are its own. */
export interface Spot {
  readonly customer_id: number;
  readonly subscription_id: number;
  readonly number: number;
  readonly text: string;
  readonly mark: string;
}

export interface Placing {
  readonly records: Partial<Dataset>;
  readonly lookup?: Lookup;
}

/** The records that hold the text of an attack, and how an expert comes to read them. */
export function placing(place: Place, spot: Spot): Placing {
  const { customer_id, subscription_id, number, text, mark } = spot;
  const own = { customer_id, subscription_id };
  switch (place) {
    case 'ticket':
    case 'ticket-subject':
      return {
        records: {
          tickets: [
            aTicket({
              ticket_id: number,
              ...own,
              [place === 'ticket' ? 'description' : 'subject']: text,
            }),
          ],
        },
        lookup: { tool: 'get_support_tickets', arguments: { customer_id } },
      };
    case 'security-event':
      return {
        records: { securityEvents: [anEvent({ event_id: number, customer_id, description: text })] },
        lookup: { tool: 'get_security_logs', arguments: { customer_id } },
      };
    case 'incident':
    case 'invoice':
      return {
        records: inSubscription(place, spot),
        lookup: { tool: 'get_subscription_detail', arguments: { subscription_id } },
      };
    case 'order':
      return {
        records: {
          orders: [
            {
              order_id: number,
              customer_id,
              product_name: text,
              amount: 20,
              order_date: '2026-01-02',
              status: 'delivered',
              returned_date: null,
            },
          ],
        },
        lookup: { tool: 'get_customer_orders', arguments: { customer_id } },
      };
    case 'product-name':
    case 'product-description':
      return {
        records: {
          products: [
            aProduct({ product_id: 500 + number, [place === 'product-name' ? 'name' : 'description']: text }),
          ],
        },
        lookup: { tool: 'get_product_detail', arguments: { product_id: 500 + number } },
      };
    case 'promotion':
      return {
        records: { promotions: [aPromotion({ promotion_id: number, name: text, start_date: '2026-01-01' })] },
        lookup: { tool: 'get_promotions', arguments: {} },
      };
    case 'customer-name':
    case 'customer-address':
      return {
        records: {
          customers: [
            aCustomer({ customer_id, [place === 'customer-name' ? 'last_name' : 'address']: text }),
          ],
        },
        lookup: { tool: 'get_customer_detail', arguments: { customer_id } },
      };
    case 'other-customer':
      return {
        records: {
          customers: [
            aCustomer({ customer_id }),
            aCustomer({ customer_id: 3_000 + number, last_name: text }),
          ],
        },
        lookup: { tool: 'get_all_customers', arguments: { search: mark } },
      };
    case 'document':
    case 'document-title':
      return {
        records: {
          documents: [
            {
              slug: mark,
              doc_type: 'faq',
              title: place === 'document' ? `Notice ${mark}` : text,
              content: place === 'document' ? text : `About ${mark}.`,
            },
          ],
        },
        lookup: { tool: 'search_knowledge_base', arguments: { query: mark } },
      };
    case 'question':
    case 'earlier-turn':
    case 'summary':
      return { records: {} };
  }
}

function inSubscription(place: 'incident' | 'invoice', { subscription_id, number, text }: Spot) {
  return place === 'invoice'
    ? { invoices: [anInvoice({ invoice_id: 1_000 + number, subscription_id, description: text })] }
    : {
        incidents: [
          {
            incident_id: 100 + number,
            subscription_id,
            incident_date: '2026-01-10',
            description: text,
            status: 'investigating' as const,
          },
        ],
      };
}
