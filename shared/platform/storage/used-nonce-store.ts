import type { TenantId } from '../identity/tenant.ts';
import type { Storage } from './connect.ts';
import { ensured } from './ensured.ts';
import { hashed } from './keys.ts';
import { absentTableAs } from './marker.ts';
import { odata } from './odata.ts';
import { removeMatching } from './remove-rows.ts';
import { StaleWrite } from './stale-write.ts';
import { tableName } from './tables.ts';

/** Remembers nonces that were used, so that none can be used again on any instance. */
export interface UsedNonceStore {
  /** One round trip. True for the first to use this id of this user, false for everybody after. */
  use(user: string, id: string, at: Date): Promise<boolean>;
  /**
   * Forgets what was used before: only what could not be accepted any more anyway. Returns how many. For a timer: it reads
   * the whole table.
   */
  removeBefore(time: Date, enough?: AbortSignal): Promise<number>;
}

export function usedNonceStore(storage: Storage, tenant: TenantId): UsedNonceStore {
  const unchecked = storage.table(tableName(tenant, 'Confirmations'));
  const table = ensured(unchecked);
  return {
    async use(user, id, at) {
      const insert = {
        partitionKey: hashed(user),
        rowKey: hashed(id),
        properties: { usedAt: at.toISOString() },
      };
      try {
        await (await table()).transact([{ insert }]);
        return true;
      } catch (error) {
        if (error instanceof StaleWrite) {
          return false;
        }
        throw error;
      }
    },
    removeBefore: (time, enough) =>
      absentTableAs(0, () => removeMatching(unchecked, odata`usedAt lt ${time.toISOString()}`, enough)),
  };
}
