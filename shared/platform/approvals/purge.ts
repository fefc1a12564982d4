import type { TenantId } from '../identity/tenant.ts';
import { isOver as hasEnded } from '../jobs/ports.ts';
import type { ApprovalMeans } from './means.ts';
import type { StoredApproval } from './record.ts';
import type { Settle } from './settle.ts';

/** So long after a decision the hourly timer carries out what neither its process nor the engine did. */
const leftBehindMs = 600_000;

/**
 * What the hourly timer does with the calls of one tenant: ends what has expired, carries out what was left behind, and
 * removes what is not kept any longer, first what the engine has of it.
 * @param keptMs how long a call is kept after the end of its time, in milliseconds
 */
export async function tidyApprovals(
  means: Pick<ApprovalMeans, 'stores' | 'engine' | 'now'>,
  settle: Settle,
  tenant: TenantId,
  keptMs: number,
  enough?: AbortSignal,
): Promise<void> {
  const now = means.now().getTime();
  for await (const approvals of means.stores.of(tenant).all()) {
    for (const approval of approvals) {
      if (enough?.aborted) {
        return;
      }
      if (isLeftBehind(approval, now)) {
        await settle(tenant, approval.id, 'engine');
      } else if (Date.parse(approval.record.expiresAt) + keptMs < now) {
        await remove(means, tenant, approval);
      }
    }
  }
}

function isLeftBehind({ record }: StoredApproval, now: number): boolean {
  return record.state === 'approved'
    ? Date.parse(record.updatedAt) + leftBehindMs < now
    : record.state === 'waiting' && Date.parse(record.expiresAt) + leftBehindMs < now;
}

/** An orchestration that still waits is ended, and removed by the next purge. */
async function remove(
  { stores, engine }: Pick<ApprovalMeans, 'stores' | 'engine'>,
  tenant: TenantId,
  { id }: StoredApproval,
): Promise<void> {
  const status = await engine.status(id);
  if (status !== undefined && !hasEnded(status.runtimeStatus)) {
    await engine.terminate(id, 'expired');
    return;
  }
  await engine.purge(id);
  await stores.of(tenant).remove(id);
}
