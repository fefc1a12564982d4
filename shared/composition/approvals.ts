import { servedAt } from '#platform/access/exposure';
import type { Offer } from '#platform/access/offer';
import { approvalStore } from '#platform/approvals/approval-store';
import { awaitDecision, awaitDecisionName, settleName } from '#platform/approvals/await-decision';
import { type Approvals, openApprovals } from '#platform/approvals/decide';
import { approvalDesk } from '#platform/approvals/desk';
import type { ApprovalMeans } from '#platform/approvals/means';
import { tidyApprovals } from '#platform/approvals/purge';
import { type CarryingOut, type Settle, settleWith } from '#platform/approvals/settle';
import { waitingTasks } from '#platform/approvals/waiting-tasks';
import { millisecondsPerDay } from '#platform/dates';
import { perTenant } from '#platform/identity/per-tenant';
import type { Principal } from '#platform/identity/principal';
import { type TenantId, tenantId } from '#platform/identity/tenant';
import type { RegisteredJob } from '#platform/jobs/deployment-jobs';
import { stepInput } from '#platform/jobs/job-input';
import type { Lifetime } from '#platform/mcp/calling-off';
import type { AnyTool, ToolCall } from '#platform/mcp/definitions/tool';
import type { ApprovalDesk } from '#platform/mcp/pipeline/approve';
import type { ServerExtension } from '#platform/mcp/surface';
import type { TasksOptions } from '#platform/mcp/tasks/options';
import { waitingCalls } from '#platform/mcp/tasks/waiting-calls';
import type { PlatformSettings } from '#platform/settings';
import type { Storage } from '#platform/storage/connect';
import { inTurn } from '#platform/storage/in-turn';

export interface ApprovalsOptions extends Pick<ApprovalMeans, 'engine' | 'signingKeys' | 'now' | 'logger'> {
  readonly settings: Pick<PlatformSettings, 'approvals' | 'retention'>;
  readonly storage: Storage;
  readonly tenants: readonly TenantId[];
}

/** Calls that wait for a second person. */
export interface SecondPerson {
  /** For the pipeline. */
  readonly desk: ApprovalDesk | undefined;
  /** Tells what approved calls are carried out with. Once, before the first request. */
  serve(carrying: CarryingOut): void;
  /** Those of the caller's tenant; undefined when it has no limit. */
  of(call: Pick<ToolCall, 'principal'>): Approvals | undefined;
  /** The orchestration that waits, as the triggers register it. */
  readonly registered: readonly RegisteredJob[];
  /** Shows the calls as tasks to whoever made them, where the tools are served that may have to wait. */
  extensions(
    info: TasksOptions['info'],
    offers: readonly Offer<AnyTool>[],
    lifetime: Lifetime,
  ): readonly ServerExtension[];
  tidy(enough?: AbortSignal): Promise<void>;
}

export function deploymentApprovals(options: ApprovalsOptions): SecondPerson {
  const { settings, storage, tenants, engine, signingKeys, now, logger } = options;
  const { above, hours } = settings.approvals;
  const keptMs = settings.retention.confirmationDays * millisecondsPerDay;
  const means: ApprovalMeans = {
    stores: perTenant(tenants, (tenant) => approvalStore(storage, tenant)),
    aboveOf: (tenant) => above.get(tenant),
    ...{ hours, signingKeys, engine, now, logger },
  };
  const aboveOf = ({ tenant }: Pick<Principal, 'tenant'>) => means.aboveOf(tenant);
  let served: { readonly settle: Settle; readonly approvals: Approvals } | undefined;
  const serving = () => served ?? notYet();
  return {
    desk: approvalDesk(means),
    serve(carrying) {
      const settle = settleWith(means, carrying);
      served = { settle, approvals: openApprovals(means, carrying, settle) };
    },
    of: ({ principal }) => (aboveOf(principal) === undefined ? undefined : serving().approvals),
    registered: [
      {
        orchestration: awaitDecisionName,
        activity: settleName,
        orchestrate: (work) => awaitDecision(work),
        async runStep(raw) {
          const { tenant, operationId } = stepInput.parse(raw);
          return await serving().settle(tenantId(tenant), operationId, 'engine');
        },
      },
    ],
    extensions(info, offers, { stopping }) {
      const options = {
        ...{ info, logger, now, stopping },
        endpoint: 'mcp',
        offers: servedAt(offers, 'mcp'),
        waiting: servedAt(offers, 'mcp').flatMap(({ thing }) =>
          thing.approval === undefined ? [] : [thing],
        ),
        source: waitingTasks({ approvals: serving().approvals, keptMs, now }),
      } as const;
      return [waitingCalls(options, (tenant) => means.aboveOf(tenant) !== undefined)];
    },
    async tidy(enough) {
      await inTurn(tenants, { enough }, (tenant) =>
        tidyApprovals(means, serving().settle, tenant, keptMs, enough),
      );
    },
  };
}

function notYet(): never {
  throw new Error('Approvals are not served yet.');
}
