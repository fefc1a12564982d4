import type { TenantId } from '#platform/identity/tenant';
import type { KnowledgeStore } from '#platform/knowledge/document';
import type {
  Customer,
  CustomerSummary,
  Incident,
  Invoice,
  Order,
  Payment,
  Product,
  Promotion,
  SecurityEvent,
  Subscription,
  Ticket,
  UsageDay,
} from '../rules/model.ts';
import type { UnconfirmedPayment } from '../rules/spending.ts';

/** A stored record with the ETag it was read at. */
export interface Row<T> {
  readonly value: T;
  readonly etag: string;
}

/** What an account's partition holds, by kind. */
export interface AccountRecords {
  profile: Customer;
  subscription: Subscription;
  invoice: Invoice;
  payment: Payment;
  order: Order;
  ticket: Ticket;
  securityEvent: SecurityEvent;
  incident: Incident;
}
export type AccountPart = keyof AccountRecords;

/** The answer that was given under an idempotency key, kept in the same partition as the change it describes. */
export interface Receipt {
  readonly key: string;
  /** Digest of the arguments; the same key with another digest is a conflict. */
  readonly digest: string;
  readonly answer: unknown;
}

/** What one user paid for a customer without agreeing to it again, oldest first; kept in the partition of the payments. */
export interface Spending {
  /** Tenant-wide id of the user. */
  readonly spender: string;
  readonly payments: readonly UnconfirmedPayment[];
}

/**
 * The asked-for parts of one customer's partition, each kind in ascending id order, security events in the order of time.
 * Parts not asked for are empty.
 */
export type Account = {
  readonly customerId: number;
  readonly receipt: Receipt | undefined;
  readonly spending: Row<Spending> | undefined;
} & { readonly [Part in AccountPart]: readonly Row<AccountRecords[Part]>[] };

/** One step of an entity group transaction; all steps happen or none. */
export type Change =
  | { [Part in AccountPart]: { readonly insert: Part; readonly value: AccountRecords[Part] } }[AccountPart]
  /** Replaces a record only if it is still as it was read: otherwise the whole transaction fails with StaleWrite. */
  | {
      [Part in AccountPart]: {
        readonly replace: Part;
        readonly value: AccountRecords[Part];
        readonly etag: string;
      };
    }[AccountPart]
  /** Replaces what was read with that ETag; without one, creates it. */
  | { readonly spending: Spending; readonly etag: string | undefined }
  | { readonly receipt: Receipt };

export interface AccountStore {
  /**
   * One round trip for one to 1000 records. An unknown customer is an account without a profile.
   * @param receiptKey of the receipt to read along
   * @param spender whose spending to read along
   */
  load(
    customerId: number,
    parts: readonly AccountPart[],
    receiptKey?: string,
    spender?: string,
  ): Promise<Account>;
  /**
   * One round trip, 1 to 100 changes; never sent twice on its own, so a lost answer cannot turn into a second change.
   * @throws StaleWrite when a record changed since it was read or an id is taken: read again, decide again
   * @throws Unavailable when storage did not answer; the message says whether the change may have been saved
   */
  commit(customerId: number, changes: readonly Change[]): Promise<void>;
  /** One round trip at most; never changes once known, so it is cached. */
  ownerOfSubscription(subscriptionId: number): Promise<number | undefined>;
  ownerOfInvoice(invoiceId: number): Promise<number | undefined>;
}

export interface DirectoryStore {
  /**
   * Customers in id order whose id, name or e-mail contains `search` (case-insensitive), whose phone it is, or whose city it
   * begins, as `city: spring`; with `plan: 12` or `plan: fiber` whoever has a subscription of that product. Where there are more than a thousand customers, a word has to
   * begin with `search`; of more than 400 rows that match, pages are in the order of what they are found by. One round trip
   * without a search, two with one.
   * `cursor` goes on from there.
   */
  page(query: { search?: string | undefined; limit: number; cursor?: string | undefined }): Promise<{
    customers: CustomerSummary[];
    cursor?: string;
  }>;
}

export interface UsageStore {
  /** Days from `start` to `end`, both included, oldest first. */
  between(subscriptionId: number, start: string, end: string): Promise<UsageDay[]>;
}

/** Products and promotions: few and rarely changed, so they are read in one round trip and cached for a minute. */
export interface CatalogStore {
  products(): Promise<readonly Product[]>;
  promotions(): Promise<readonly Promotion[]>;
}

/** New integer ids, unique over all instances; taken from blocks that are reserved ahead of need. */
export type IdKind = 'payment' | 'ticket' | 'securityEvent';

/** The data of one tenant. Its tables hold nothing of any other tenant, so no query can cross. */
export interface TenantStore {
  readonly tenant: TenantId;
  readonly accounts: AccountStore;
  readonly directory: DirectoryStore;
  readonly usage: UsageStore;
  readonly catalog: CatalogStore;
  readonly knowledge: KnowledgeStore;
  nextId(kind: IdKind): Promise<number>;
}
