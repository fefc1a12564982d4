import { Conflict, NotFound, Refused } from '../errors.ts';
import type { Principal } from '../identity/principal.ts';
import type { TenantId } from '../identity/tenant.ts';
import { StaleWrite } from '../storage/stale-write.ts';
import { type ApprovalMeans, announce, digestsOf, isOwn, note, policyOf } from './means.ts';
import type { ApprovalRecord, StoredApproval } from './record.ts';
import type { CarryingOut, Settle } from './settle.ts';
import { asOf, standingOf } from './standing.ts';

/** What a second person decides. */
export interface Decision {
  readonly decision: 'approve' | 'decline';
  readonly reason: string;
}

/** What people do with the calls of their tenant that wait for a second person. */
export interface Approvals {
  /** Those that wait, the oldest first. */
  waiting(tenant: TenantId): Promise<readonly StoredApproval[]>;
  /** Those of the caller's own that wait, the oldest first. */
  ownWaiting(principal: Principal): Promise<readonly StoredApproval[]>;
  /** As it counts now. */
  read(tenant: TenantId, id: string): Promise<StoredApproval | undefined>;
  /**
   * Puts a decision on record, and carries out what was approved.
   * @returns the record afterwards, and how it stands in one sentence
   * @throws NotFound, Conflict when it cannot be decided on any more, Refused for whoever asked for it
   * @throws Unavailable when nothing was decided, because storage or the engine does not answer
   */
  decide(
    id: string,
    decision: Decision,
    principal: Principal,
  ): Promise<{ readonly found: StoredApproval; readonly sentence: string }>;
  /** Calls off what the caller asked for, if nobody decided on it. Returns the record afterwards; undefined when there is none of the caller's. */
  withdraw(id: string, principal: Principal): Promise<StoredApproval | undefined>;
  /** The caller's own. */
  own(id: string, principal: Principal): Promise<StoredApproval | undefined>;
}

export function openApprovals(
  means: ApprovalMeans,
  { registry }: Pick<CarryingOut, 'registry'>,
  settle: Settle,
): Approvals {
  const { stores, aboveOf, now, logger } = means;

  async function read(tenant: TenantId, id: string): Promise<StoredApproval | undefined> {
    const found = await stores.of(tenant).read(id);
    return found && { ...found, record: asOf(found.record, now()) };
  }

  async function own(id: string, principal: Principal): Promise<StoredApproval | undefined> {
    const found = await read(principal.tenant, id);
    return found && isOwn(found.record, principal) ? found : undefined;
  }

  /** @throws Conflict when what it is bound to is not as it was; that it lapsed is on record then */
  async function requireSame(tenant: TenantId, found: StoredApproval): Promise<void> {
    const { record } = found;
    const tool = registry.find(record.tool);
    const above = aboveOf(tenant);
    const isSamePolicy =
      tool !== undefined && above !== undefined && record.policy === policyOf(above, tool.thing.permission);
    const isSameCall = digestsOf(means, tenant, record.tool, record.input).includes(record.digest);
    if (!isSameCall) {
      logger.log('error', 'approval does not fit its record', { tenant, approval: found.id });
    }
    if (!isSameCall || !isSamePolicy) {
      await write(tenant, found, { state: 'lapsed' });
      throw new Conflict(
        'What this approval is bound to was changed after it was asked for, so it counts no longer and nothing was done; have it asked for anew.',
      );
    }
  }

  /** @throws StaleWrite when it changed since it was read */
  async function write(
    tenant: TenantId,
    found: StoredApproval,
    change: Partial<ApprovalRecord>,
  ): Promise<void> {
    await stores.of(tenant).replace(found, { ...found.record, ...change, updatedAt: now().toISOString() });
    note(means, tenant, found.id, change.state ?? found.record.state);
  }

  async function waiting(tenant: TenantId): Promise<readonly StoredApproval[]> {
    const found = await stores.of(tenant).waiting();
    return found
      .filter(({ record }) => asOf(record, now()).state === 'waiting')
      .sort((a, b) => (a.record.createdAt < b.record.createdAt ? -1 : 1));
  }

  return {
    read,
    own,
    waiting,
    ownWaiting: async (principal) =>
      (await waiting(principal.tenant)).filter(({ record }) => isOwn(record, principal)),
    async decide(id, { decision, reason }, principal) {
      const { tenant, user } = principal;
      const found = (await read(tenant, id)) ?? unknown();
      // The pipeline refuses it before; a record never bears the decision of whoever asked.
      if (found.record.user === user) {
        throw new Refused('Whoever asked for something does not approve it; let somebody else decide.');
      }
      requireWaiting(found);
      await requireSame(tenant, found);
      await announce(means, tenant, found);
      try {
        const state = decision === 'approve' ? 'approved' : 'declined';
        await write(tenant, found, { state, decidedBy: user, reason });
      } catch (error) {
        if (error instanceof StaleWrite) {
          requireWaiting((await read(tenant, id)) ?? unknown());
        }
        throw error;
      }
      if (decision === 'approve') {
        // What cannot be carried out now, the engine carries out later.
        await settle(tenant, id, 'decider').catch(() => 'busy');
      }
      const after = (await read(tenant, id)) ?? unknown();
      return { found: after, sentence: standingOf(after, now()).sentence };
    },
    async withdraw(id, principal) {
      const found = await own(id, principal);
      if (found?.record.state !== 'waiting') {
        return found;
      }
      try {
        await write(principal.tenant, found, { state: 'withdrawn' });
      } catch (error) {
        if (!(error instanceof StaleWrite)) {
          throw error;
        }
      }
      return await own(id, principal);
    },
  };

  /** @throws Conflict when it was decided, or is over */
  function requireWaiting(found: StoredApproval): void {
    if (found.record.state !== 'waiting') {
      const { sentence } = standingOf(found, now());
      throw new Conflict(`This is decided or over already. ${sentence}`);
    }
  }
}

function unknown(): never {
  throw new NotFound('There is no such approval; call list_approvals to see what waits.');
}
