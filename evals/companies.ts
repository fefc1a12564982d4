import { generate } from '../seed/generate/generate.ts';
import type { AnswerKey } from '../seed/scenarios/answer-key.ts';
import { answerKeys } from '../seed/scenarios/index.ts';
import type { Dataset } from '../shared/contoso/dataset.ts';
import { type TenantId, tenantId } from '../shared/identity/tenant.ts';
import { createKnowledgeSearch } from '../shared/knowledge/lexical.ts';
import type { KnowledgeSearch } from '../shared/knowledge/search.ts';
import { bulkWrite } from '../shared/storage/bulk.ts';
import type { Storage } from '../shared/storage/connect.ts';
import { openTenantStore } from '../shared/storage/open-tenant-store.ts';
import type { TenantStore } from '../shared/storage/tenant-store.ts';
import { withInjections } from './injections.ts';

/** The day of the evaluation: a fixed one, so that every run asks the same. */
const asOf = '2026-01-15';
export const evalNow = new Date(`${asOf}T09:00:00.000Z`);
const seed = 42;

/** One company of the evaluation, in storage. */
export interface Company {
  readonly tenant: TenantId;
  readonly store: TenantStore;
  readonly knowledge: KnowledgeSearch;
  readonly answerKeys: readonly AnswerKey[];
  readonly dataset: Dataset;
}

export interface Companies<Of = Company> {
  readonly contoso: Of;
  /** The same customer numbers, other people. */
  readonly fabrikam: Of;
}

/** What the cases of an evaluation are made from. */
export type CompanyData = Pick<Company, 'answerKeys' | 'dataset'>;

/** Generated customers that are kept beside the scenarios' ones, as a crowd to be told apart from. */
const crowd = 30;
/** John Doe at Contoso. */
export const firstScenarioCustomer = 251;

/**
 * Loads both companies.
 * @param suffix makes the tenants' names new, so that evaluations can run side by side in one storage
 */
export async function loadCompanies(storage: Storage, suffix: string): Promise<Companies> {
  const [contoso, fabrikam] = await Promise.all([
    loadCompany(storage, 'contoso', suffix),
    loadCompany(storage, 'fabrikam', suffix),
  ]);
  return { contoso, fabrikam };
}

async function loadCompany(storage: Storage, name: string, suffix: string): Promise<Company> {
  const { dataset, ...keys } = companyData(name);
  const tenant = tenantId(`${name}${suffix}`);
  await bulkWrite(storage, tenant, dataset);
  const store = openTenantStore(storage, tenant, () => evalNow);
  return {
    tenant,
    store,
    knowledge: createKnowledgeSearch(store.knowledge),
    dataset,
    ...keys,
  };
}

/** The records of a company and what is true of them. */
export function companyData(name: string): CompanyData {
  const dataset = withInjections(fewCustomers(generate({ asOf, seed, tenant: name })));
  return { dataset, answerKeys: answerKeys(dataset, asOf) };
}

function fewCustomers(whole: Dataset): Dataset {
  const isKept = ({ customer_id }: { customer_id: number }) =>
    customer_id <= crowd || customer_id >= firstScenarioCustomer;
  const subscriptions = whole.subscriptions.filter(isKept);
  const kept = new Set(subscriptions.map(({ subscription_id }) => subscription_id));
  const ofKept = ({ subscription_id }: { subscription_id: number }) => kept.has(subscription_id);
  const invoices = whole.invoices.filter(ofKept);
  const keptInvoices = new Set(invoices.map(({ invoice_id }) => invoice_id));
  return {
    ...whole,
    customers: whole.customers.filter(isKept),
    subscriptions,
    invoices,
    payments: whole.payments.filter(({ invoice_id }) => keptInvoices.has(invoice_id)),
    usage: whole.usage.filter(ofKept),
    orders: whole.orders.filter(isKept),
    tickets: whole.tickets.filter(isKept),
    securityEvents: whole.securityEvents.filter(isKept),
    incidents: whole.incidents.filter(ofKept),
  };
}
