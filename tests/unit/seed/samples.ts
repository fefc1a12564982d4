import type { SeedOptions } from '#seed/generate/context';
import { generate } from '#seed/generate/generate';
import type { Dataset } from '#seed/writing/dataset';

/** Options whose digests are pinned and whose scenarios are written out in seed/scenarios.md. */
export const pinned: SeedOptions = { asOf: '2026-01-15', seed: 42, tenant: 'contoso' };

/** Days on which date arithmetic goes wrong first, with other seeds and tenants. */
export const samples: readonly SeedOptions[] = [
  pinned,
  { asOf: '2026-01-15', seed: 42, tenant: 'fabrikam' },
  { asOf: '2024-02-29', seed: 1, tenant: 'contoso' },
  { asOf: '2025-12-31', seed: 7, tenant: 'fabrikam' },
  { asOf: '2027-01-01', seed: 2 ** 31 - 1, tenant: 'contoso' },
  { asOf: '2026-05-31', seed: 0, tenant: 'northwind' },
  { asOf: '2026-06-01', seed: 3, tenant: 'contoso' },
];

/** One line that names a sample in a test's title. */
export function titleOf({ tenant, asOf, seed }: SeedOptions): string {
  return `${tenant} as of ${asOf}, seed ${seed}`;
}

const generated = new Map<string, Dataset>();

/** Generates each sample once for all tests of a file. */
export function datasetOf(options: SeedOptions): Dataset {
  const title = titleOf(options);
  const dataset = generated.get(title) ?? generate(options);
  generated.set(title, dataset);
  return dataset;
}
