import { createHash, randomBytes } from 'node:crypto';
import type { Permission } from '../access/permissions.ts';
import { digestOf } from '../idempotency.ts';
import { bindingOf } from '../identity/actor.ts';
import type { PerTenant } from '../identity/per-tenant.ts';
import type { Principal } from '../identity/principal.ts';
import type { TenantId } from '../identity/tenant.ts';
import type { OrchestrationClient } from '../jobs/ports.ts';
import type { KeyRing } from '../key-ring.ts';
import { argumentDigest } from '../mcp/pipeline/digest.ts';
import type { Logger } from '../telemetry/log.ts';
import { failureOf } from '../telemetry/spans.ts';
import type { ApprovalStore } from './approval-store.ts';
import { type AwaitInput, awaitDecisionName, decidingEvent } from './await-decision.ts';
import type { ApprovalRecord, ApprovalState, StoredApproval } from './record.ts';

/** What everything about approvals works with. */
export interface ApprovalMeans {
  readonly stores: PerTenant<ApprovalStore>;
  /** Above which a change of a tenant needs a second person; undefined when none does. */
  readonly aboveOf: (tenant: TenantId) => number | undefined;
  /** How long a call waits for a second person. */
  readonly hours: number;
  readonly signingKeys: KeyRing;
  readonly engine: OrchestrationClient;
  readonly now: () => Date;
  readonly logger: Logger;
}

const idBytes = 24;

/** Of the same caller and key always the same, so that of two calls under one key one is put on record. */
export function approvalIdFor(principal: Principal, tool: string, key: string | undefined): string {
  const bytes =
    key === undefined
      ? randomBytes(idBytes)
      : createHash('sha256')
          .update(JSON.stringify([...bindingOf(principal), tool, key]))
          .digest()
          .subarray(0, idBytes);
  return bytes.toString('hex');
}

/** Whether a request is the caller's own: of the same person, or of the same program. */
export function isOwn(record: ApprovalRecord, principal: Principal): boolean {
  const { tenant } = principal;
  return JSON.stringify(bindingOf({ ...record, tenant })) === JSON.stringify(bindingOf(principal));
}

/** Keyed digests of a call by each key of the deployment, that of the current one first. */
export function digestsOf(
  { signingKeys }: Pick<ApprovalMeans, 'signingKeys'>,
  tenant: TenantId,
  tool: string,
  { idempotency_key: _key, ...input }: Readonly<Record<string, unknown>>,
): readonly [string, ...string[]] {
  const [current, ...earlier] = signingKeys;
  const digest = (key: string) => argumentDigest(key)(tenant, `approval:${tool}`, input);
  return [digest(current), ...earlier.map(digest)];
}

/** Another one when what needs a second person is another. */
export function policyOf(above: number, permission: Permission): string {
  return digestOf('approval policy', { above, permission });
}

/** One line for each state that an approval comes to. What was asked for is not in it. */
export function note(
  { logger }: Pick<ApprovalMeans, 'logger'>,
  tenant: TenantId,
  id: string,
  state: ApprovalState,
): void {
  logger.log('info', 'approval', { tenant, approval: id, state });
}

/** Has the engine wait for the decision. What the engine does not take now, it is given when somebody decides. */
export async function beginWaiting(
  { engine, logger }: Pick<ApprovalMeans, 'engine' | 'logger'>,
  tenant: TenantId,
  approval: Pick<StoredApproval, 'id' | 'record'>,
): Promise<void> {
  try {
    await startWaiting(engine, tenant, approval);
  } catch (error) {
    logger.log('warn', 'approval waits without the engine', {
      tenant,
      approval: approval.id,
      error: failureOf(error),
    });
  }
}

/** From now on the engine looks at the record often. @throws Unavailable when it does not answer */
export async function announce(
  { engine }: Pick<ApprovalMeans, 'engine'>,
  tenant: TenantId,
  approval: Pick<StoredApproval, 'id' | 'record'>,
): Promise<void> {
  await startWaiting(engine, tenant, approval);
  await engine.raise(approval.id, decidingEvent);
}

async function startWaiting(
  engine: OrchestrationClient,
  tenant: TenantId,
  { id, record }: Pick<StoredApproval, 'id' | 'record'>,
): Promise<void> {
  const input: AwaitInput = { tenant, expiresAt: record.expiresAt };
  await engine.start(awaitDecisionName, id, input);
}
