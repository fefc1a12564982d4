import { openTenantStore } from '#contoso/stores/open-tenant-store';
import type { TenantStore } from '#contoso/stores/tenant-store';
import { type TenantId, tenantId } from '#platform/identity/tenant';
import { createKnowledgeSearch } from '#platform/knowledge/lexical';
import type { KnowledgeSearch } from '#platform/knowledge/search';
import type { Storage } from '#platform/storage/connect';
import { fewCustomers } from '../seed/few-customers.ts';
import { generate } from '../seed/generate/generate.ts';
import type { AnswerKey } from '../seed/scenarios/answer-key.ts';
import { answerKeys } from '../seed/scenarios/index.ts';
import { bulkWrite } from '../seed/writing/bulk.ts';
import type { Dataset } from '../seed/writing/dataset.ts';
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
  const dataset = withInjections(fewCustomers(generate({ asOf, seed, tenant: name }), crowd));
  return { dataset, answerKeys: answerKeys(dataset, asOf) };
}
