import { UnsecuredJWT } from 'jose';
import { type TenantId, tenantId } from '#platform/identity/tenant';
import type { Storage } from '#platform/storage/connect';
import { bulkWrite } from '#seed/writing/bulk';
import type { Dataset } from '#seed/writing/dataset';
import { smallDataset } from '../../support/small-dataset.ts';
import { aCustomer, anEvent, anInvoice, aSubscription } from '../../support/small-records.ts';

/** A customer, and the user who calls for it: whatever a point leaves behind is theirs alone. */
export interface Subject {
  readonly number: number;
  readonly customer_id: number;
  readonly subscription_id: number;
  readonly invoice_id: number;
  /** Object id of the user. */
  readonly user: string;
  /** Of the request that is meant, and so of every repetition of it. */
  readonly key: string;
  /** What the caller was told and keeps, such as the id of a task. */
  readonly memory: Map<string, string>;
}

/** A tenant of subjects that nobody else uses. */
export interface World {
  readonly tenant: TenantId;
  readonly storage: Storage;
  readonly subjects: readonly Subject[];
}

export const directory = 'a0000000-0000-4000-8000-00000000000a';
/** Dollars of each subject's only invoice. */
export const invoiced = 900;

/** Product ids of the plans of the catalog; everybody has the first. */
export const plansOnOffer = smallDataset.products
  .filter(({ category }) => category !== 'addon')
  .map(({ product_id }) => product_id);

/** Writes the tenant's records. @param count how many subjects */
export async function makeWorld(storage: Storage, slug: string, count: number): Promise<World> {
  const tenant = tenantId(slug);
  const subjects = Array.from({ length: count }, (_, place) => subject(place + 1));
  await bulkWrite(storage, tenant, recordsOf(subjects));
  return { tenant, storage, subjects };
}

function subject(number: number): Subject {
  return {
    number,
    customer_id: 100 + number,
    subscription_id: 10_000 + number,
    invoice_id: 20_000 + number,
    user: `user-${number}`,
    key: `key-${number}`,
    memory: new Map(),
  };
}

function recordsOf(subjects: readonly Subject[]): Dataset {
  return {
    ...smallDataset,
    customers: subjects.map(({ customer_id }) =>
      aCustomer({ customer_id, email: `c${customer_id}@example.com` }),
    ),
    subscriptions: subjects.map(({ customer_id, subscription_id }) =>
      aSubscription({ customer_id, subscription_id }),
    ),
    invoices: subjects.map(({ subscription_id, invoice_id }) =>
      anInvoice({ subscription_id, invoice_id, amount: invoiced }),
    ),
    payments: [],
    usage: [],
    orders: [],
    tickets: [],
    incidents: [],
    securityEvents: subjects.map(({ customer_id, number }) =>
      anEvent({ customer_id, event_id: number, event_type: 'account_locked' }),
    ),
  };
}

/** A token without a signature; the instances read its claims. */
export function tokenOf(
  user: string,
  roles: readonly string[] = ['query', 'billing', 'agent', 'security'],
): string {
  return new UnsecuredJWT({ tid: directory, oid: user, azp: 'tests', roles }).encode();
}

/** Settings of an instance that serves this world. */
export function environmentOf({ tenant }: World, dataStorage: string): Record<string, string> {
  return {
    DATA_STORAGE: dataStorage,
    AUTH_MODE: 'passthrough',
    AZURE_FUNCTIONS_ENVIRONMENT: 'Development',
    STATE_SIGNING_KEY: 'a key of the tests that has at least 32 bytes',
    TENANTS: JSON.stringify([{ slug: tenant, tenantIds: [directory], displayName: 'Tests' }]),
    TROUBLESHOOT_SECONDS: '1',
  };
}
