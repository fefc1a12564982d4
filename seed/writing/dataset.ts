import type {
  Customer,
  Incident,
  Invoice,
  KnowledgeDocument,
  Order,
  Payment,
  Product,
  Promotion,
  SecurityEvent,
  Subscription,
  Ticket,
  UsageDay,
} from '#contoso/rules/model';

/** Everything that one tenant knows: what the seed generates and what the loader writes. */
export interface Dataset {
  readonly customers: readonly Customer[];
  readonly products: readonly Product[];
  readonly subscriptions: readonly Subscription[];
  readonly invoices: readonly Invoice[];
  readonly payments: readonly Payment[];
  readonly usage: readonly (UsageDay & { readonly subscription_id: number })[];
  readonly promotions: readonly Promotion[];
  readonly securityEvents: readonly SecurityEvent[];
  readonly orders: readonly Order[];
  readonly tickets: readonly Ticket[];
  readonly incidents: readonly Incident[];
  readonly documents: readonly KnowledgeDocument[];
}
