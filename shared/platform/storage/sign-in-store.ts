import type { TenantId } from '../identity/tenant.ts';
import type { Storage } from './connect.ts';
import { ensured } from './ensured.ts';
import { hashed } from './keys.ts';
import { absentTableAs } from './marker.ts';
import { removeExpired } from './remove-rows.ts';
import { StaleWrite } from './stale-write.ts';
import type { StoredRow } from './table.ts';
import { tableName } from './tables.ts';

/**
 * What instances have to agree on about sign-ins: which codes were used, and where each family of refresh tokens stands.
 * No token, name or address is in it; there is one row for each sign-in that is refreshed (people times their programs) until
 * its last token has expired, and one for each code for a few minutes.
 */
export interface SignInStore {
  /**
   * One round trip. True for the first to use this id, on all instances, until it expires.
   * @param kind what ids of one kind are for: letters
   */
  useOnce(kind: string, id: string, expires: Date): Promise<boolean>;
  /** One round trip. Whether the family goes on and this generation of its refresh token was not used. */
  isUnused(family: string, generation: number): Promise<boolean>;
  /** Two round trips. True for the first to use this generation, or a later one, of a family that goes on. */
  use(family: string, generation: number, expires: Date): Promise<boolean>;
  /** One round trip. No token of the family is good any more. */
  end(family: string, expires: Date): Promise<void>;
  /** Removes what has expired; returns how many rows. For a timer: it reads the whole table. */
  cleanUp(now: Date, enough?: AbortSignal): Promise<number>;
}

const families = 'family';

export function signInStore(storage: Storage, tenant: TenantId): SignInStore {
  const unchecked = storage.table(tableName(tenant, 'SignIns'));
  const table = ensured(unchecked);
  const rowOf = async (family: string) => (await table()).get(families, hashed(family));
  return {
    async useOnce(kind, id, expires) {
      const insert = {
        partitionKey: kind,
        rowKey: hashed(id),
        properties: { expiresAt: expires.toISOString() },
      };
      return await notStale(async () => (await table()).transact([{ insert }]));
    },
    async isUnused(family, generation) {
      return isUnused(await rowOf(family), generation);
    },
    async use(family, generation, expires) {
      const stored = await rowOf(family);
      if (!isUnused(stored, generation)) {
        return false;
      }
      const row = {
        partitionKey: families,
        rowKey: hashed(family),
        properties: { used: BigInt(generation), ended: false, expiresAt: expires.toISOString() },
      };
      const step = stored === undefined ? { insert: row } : { replace: row, etag: stored.etag };
      return await notStale(async () => (await table()).transact([step]));
    },
    async end(family, expires) {
      const properties = { used: 0n, ended: true, expiresAt: expires.toISOString() };
      const upsert = { partitionKey: families, rowKey: hashed(family), properties };
      await (await table()).transactRepeatable([{ upsert }]);
    },
    cleanUp: (now, enough) => absentTableAs(0, () => removeExpired(unchecked, now.toISOString(), enough)),
  };
}

/** The stores of all tenants, each opened at its first use. */
export function signInStores(storage: Storage): (tenant: TenantId) => SignInStore {
  const opened = new Map<TenantId, SignInStore>();
  return (tenant) => {
    const store = opened.get(tenant) ?? signInStore(storage, tenant);
    opened.set(tenant, store);
    return store;
  };
}

function isUnused(stored: StoredRow | undefined, generation: number): boolean {
  return (
    stored === undefined || (stored.properties.ended !== true && Number(stored.properties.used) < generation)
  );
}

/** False when somebody else was first. */
async function notStale(write: () => Promise<void>): Promise<boolean> {
  try {
    await write();
    return true;
  } catch (error) {
    if (error instanceof StaleWrite) {
      return false;
    }
    throw error;
  }
}
