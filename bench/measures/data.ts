import { generate } from '../../seed/generate/generate.ts';
import type { Dataset } from '../../shared/contoso/dataset.ts';

/** Rows of usage that are kept. */
const keptUsage = 600;

/** The demo data without most of its usage: that is most of the rows, and how often storage is asked does not depend on it. */
export function measuredData(tenant: string): Dataset {
  const data = generate({ asOf: '2026-01-15', seed: 42, tenant });
  return { ...data, usage: data.usage.slice(0, keptUsage) };
}
