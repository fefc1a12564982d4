import { fewCustomers } from '../few-customers.ts';
import { generate } from '../generate/generate.ts';
import type { Dataset } from '../writing/dataset.ts';

/** Generated customers that the examples may be about. */
const customers = 100;
/** Rows of usage that are kept. */
const keptUsage = 600;

/** Demo data that is loaded in a moment: how often storage is asked does not depend on how much of it there is. */
export function exampleData(tenant: string): Dataset {
  const data = fewCustomers(generate({ asOf: '2026-01-15', seed: 42, tenant }), customers);
  return { ...data, usage: data.usage.slice(0, keptUsage) };
}
