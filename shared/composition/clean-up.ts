import { addDays, dayOf } from '#platform/dates';
import type { TenantId } from '#platform/identity/tenant';
import type { RetentionSettings } from '#platform/settings/retention';
import { type auditStore, platformTenant } from '#platform/storage/audit-store';
import type { Storage } from '#platform/storage/connect';
import { inTurn } from '#platform/storage/in-turn';
import { usedNonceStore } from '#platform/storage/used-nonce-store';
import type { Logger } from '#platform/telemetry/log';
import { failureOf } from '#platform/telemetry/spans';

/** Removes one kind of thing that has outlived its time, of all tenants; stops soon after the signal. */
export type CleanUp = (enough: AbortSignal) => Promise<unknown>;

/** Below the host's own limit of five minutes for one run, which would take the process and everybody's calls with it. */
const milliseconds = 240_000;

/**
 * What the hourly timer does: every kind has its turn, and what there is no time for waits for the next hour.
 * @throws the first failure, when everything else had its turn
 */
export async function cleanUp(
  kinds: Readonly<Record<string, CleanUp>>,
  logger: Logger,
  enough: AbortSignal = AbortSignal.timeout(milliseconds),
): Promise<void> {
  await inTurn(Object.entries(kinds), { enough }, async ([kind, remove]) => {
    try {
      await remove(enough);
    } catch (error) {
      logger.log('error', 'clean-up failed', { kind, failure: failureOf(error) });
      throw error;
    }
  });
  if (enough.aborted) {
    logger.log('info', 'clean-up goes on next hour');
  }
}

export interface RecordKeeping {
  readonly retention: RetentionSettings;
  readonly storage: Storage;
  readonly audit: Pick<ReturnType<typeof auditStore>, 'removeBefore'>;
  readonly tenants: readonly TenantId[];
  readonly now: () => Date;
  readonly logger: Logger;
}

/** What has to go of the records that are kept for days: the audit trail, where it is not kept for ever, and used confirmations. */
export function recordsCleanUp(options: RecordKeeping): Readonly<Record<'audit' | 'confirmations', CleanUp>> {
  const { retention, storage, audit, tenants, now, logger } = options;
  return {
    async audit(enough) {
      const { auditDays } = retention;
      if (auditDays === undefined) {
        return;
      }
      const oldest = addDays(dayOf(now()), -auditDays);
      await inTurn([...tenants, platformTenant], { enough }, async (tenant) => {
        const removed = await audit.removeBefore(tenant, oldest, enough);
        if (removed > 0) {
          logger.log('info', 'old audit entries removed', { tenant, removed, before: oldest });
        }
      });
    },
    async confirmations(enough) {
      const oldest = new Date(`${addDays(dayOf(now()), -retention.confirmationDays)}T00:00:00Z`);
      await inTurn(tenants, { enough }, (tenant) =>
        usedNonceStore(storage, tenant).removeBefore(oldest, enough),
      );
    },
  };
}
