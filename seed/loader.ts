import { type TenantId, tenantId } from '#platform/identity/tenant';
import type { Storage } from '#platform/storage/connect';
import { digestOf } from './digest.ts';
import type { SeedOptions } from './generate/context.ts';
import { generate } from './generate/generate.ts';
import { bulkWrite, clearTenant, isEmpty, type Marker, readMarker } from './writing/bulk.ts';
import type { Dataset } from './writing/dataset.ts';

/** A dataset that is ready to be loaded. */
export interface Seed {
  readonly tenant: TenantId;
  readonly asOf: string;
  readonly seed: number;
  readonly dataset: Dataset;
  readonly digest: string;
}

/**
 * What storage holds for a tenant: nothing, the wanted seed, an unfinished load, the data of another seed, or data
 * that no seed has written.
 */
export type Stored = 'nothing' | 'this seed' | 'unfinished' | 'another seed' | 'foreign data';

export interface LoadOptions {
  /** When the load is recorded to have happened. */
  readonly now: () => Date;
  /** Replaces whatever is there. */
  readonly force?: boolean;
  /** Called with the rows written so far and the rows there are. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** Storage holds data that a load would destroy. The message is one sentence that says what to do. */
export class LoadRefused extends Error {
  override readonly name = 'LoadRefused';
}

/** @throws RangeError when an option is not usable; the message names it. */
export function prepareSeed(options: SeedOptions): Seed {
  const dataset = generate(options);
  return {
    tenant: tenantId(options.tenant),
    asOf: options.asOf,
    seed: options.seed,
    dataset,
    digest: digestOf(dataset),
  };
}

/** Compares what storage holds for the seed's tenant with the seed. Data that was changed since its load is still its seed's. */
export async function inspectStorage(storage: Storage, seed: Seed): Promise<Stored> {
  const marker = await readMarker(storage, seed.tenant);
  if (marker === undefined) {
    return (await isEmpty(storage, seed.tenant)) ? 'nothing' : 'foreign data';
  }
  if (marker.state === 'loading') {
    return 'unfinished';
  }
  return isOf(marker, seed) ? 'this seed' : 'another seed';
}

/**
 * Brings a seed into storage; does nothing when it is there already, so that it may be repeated.
 * @throws LoadRefused when other data is there and `force` is not set
 * @throws Unavailable when storage does not answer
 */
export async function loadSeed(
  storage: Storage,
  seed: Seed,
  { now, force = false, onProgress = () => {} }: LoadOptions,
): Promise<'loaded' | 'unchanged'> {
  const stored = await inspectStorage(storage, seed);
  if (stored === 'this seed' && !force) {
    return 'unchanged';
  }
  if (!force) {
    refuseToDestroy(stored, seed.tenant);
  }
  if (stored !== 'nothing') {
    await clearTenant(storage, seed.tenant);
  }
  const { tenant, dataset, asOf, seed: number, digest } = seed;
  const origin = { asOf, seed: number, digest, loadedAt: now().toISOString() };
  await bulkWrite(storage, tenant, dataset, onProgress, origin);
  return 'loaded';
}

function refuseToDestroy(stored: Stored, tenant: TenantId): void {
  if (stored === 'another seed') {
    throw new LoadRefused(
      `Tenant ${tenant} holds the data of another date, seed or version; add --force to replace it.`,
    );
  }
  if (stored === 'foreign data') {
    throw new LoadRefused(
      `Tenant ${tenant} holds data that no seed has written; add --force only if all of it may be deleted.`,
    );
  }
}

function isOf(marker: Marker, { asOf, seed, digest }: Seed): boolean {
  return marker.asOf === asOf && marker.seed === seed && marker.digest === digest;
}
