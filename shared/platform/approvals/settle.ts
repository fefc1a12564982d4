import type { CallToolResult } from '@modelcontextprotocol/server';
import type { Permission } from '../access/permissions.ts';
import { isFault } from '../errors.ts';
import type { Principal } from '../identity/principal.ts';
import type { TenantId } from '../identity/tenant.ts';
import { keptFailure, toStored } from '../mcp/kept-result.ts';
import { type Answer, outcomeOf } from '../mcp/pipeline/answer.ts';
import type { Run } from '../mcp/pipeline/compose.ts';
import { openInvocation } from '../mcp/pipeline/invocation.ts';
import type { PipelineOptions } from '../mcp/pipeline/options.ts';
import type { ToolRegistry } from '../mcp/registry.ts';
import { StaleWrite } from '../storage/stale-write.ts';
import type { Look } from './await-decision.ts';
import { graceMs } from './desk.ts';
import { type ApprovalMeans, note } from './means.ts';
import { type ApprovalRecord, isOver, type StoredApproval } from './record.ts';
import { asOf } from './standing.ts';

/** What calls are carried out with: the same as the calls of whoever asked for them. */
export interface CarryingOut extends Pick<PipelineOptions, 'resources' | 'policy'> {
  /** The call pipeline. */
  readonly run: Run;
  readonly registry: Pick<ToolRegistry, 'find'>;
  /** What roles permit now: which of them somebody has, only a token says, and whoever asked brings none. */
  readonly permissionsOf: (roles: readonly string[]) => ReadonlySet<Permission>;
}

/** So long whoever decided has the carrying out for itself; the engine takes over from a process that ended. */
const firstTryMs = 15_000;

/** Looks at a record, and does what it says: ends what has expired, and carries out what was approved. May be repeated. */
export type Settle = (tenant: TenantId, id: string, by: 'decider' | 'engine') => Promise<Look>;

export function settleWith(means: ApprovalMeans, carrying: CarryingOut): Settle {
  const { stores, now } = means;

  /** What somebody else wrote first counts. */
  async function end(
    tenant: TenantId,
    approval: StoredApproval,
    change: Partial<ApprovalRecord>,
  ): Promise<Look> {
    const record = { ...approval.record, ...change, updatedAt: now().toISOString() };
    try {
      await stores.of(tenant).replace(approval, record);
    } catch (error) {
      if (!(error instanceof StaleWrite)) {
        throw error;
      }
      return 'busy';
    }
    note(means, tenant, approval.id, record.state);
    return 'over';
  }

  return async function settle(tenant, id, by) {
    const found = await stores.of(tenant).read(id);
    if (found === undefined || isOver(found.record)) {
      return 'over';
    }
    const { record } = found;
    if (record.state === 'waiting') {
      const { state } = asOf(record, now());
      return state === 'waiting' ? 'waiting' : await end(tenant, found, { state });
    }
    const age = now().getTime() - Date.parse(record.updatedAt);
    if (by === 'engine' && age < firstTryMs) {
      return 'busy';
    }
    const answer = await carryOut(tenant, found, carrying, now);
    const isTooLate = now().getTime() > Date.parse(record.expiresAt) + graceMs;
    if (mayWorkLater(answer) && !isTooLate) {
      return 'busy';
    }
    return await end(
      tenant,
      found,
      answer.kind === 'done'
        ? { state: 'done', answer: answer.result }
        : { state: 'failed', answer: toStored(keptFailure(outcomeOf(answer), sentenceIn(answer))) },
    );
  };
}

/** As the one who asked, through all the steps of a call, once: the idempotency key of the arguments sees to that. */
async function carryOut(
  tenant: TenantId,
  { id, record }: StoredApproval,
  { run, registry, resources, policy, permissionsOf }: CarryingOut,
  now: () => Date,
): Promise<Answer<CallToolResult>> {
  const { user, application, actor, roles, by, endpoint, input, correlationId } = record;
  const found = registry.find(record.tool);
  if (found === undefined) {
    return { kind: 'failed', code: 'not_found', sentence: 'There is no such tool any more.' };
  }
  const principal: Principal = {
    tenant,
    user,
    application,
    actor,
    roles,
    permissions: permissionsOf(roles),
    expiresAt: Math.ceil(now().getTime() / 1000),
  };
  const { store, knowledge } = resources(principal);
  return await run(
    openInvocation(found.operation, {
      arguments: input,
      approval: id,
      by,
      endpoint,
      gone: new AbortController().signal,
      dialogue: {},
      call: { principal, correlationId, store, knowledge, policy, now, progress: () => {} },
    }),
  );
}

/** Nothing was decided by these: storage, or a fault of ours, got in between. */
function mayWorkLater(answer: Answer<CallToolResult>): boolean {
  return answer.kind === 'failed' && isFault(answer.code);
}

function sentenceIn(answer: Exclude<Answer<CallToolResult>, { kind: 'done' }>): string {
  return answer.kind === 'failed'
    ? answer.sentence
    : 'It asked for something that nobody was there to answer.';
}
