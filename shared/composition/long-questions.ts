import type { Offer } from '#platform/access/offer';
import { answerTurn, type TurnMeans } from '#platform/experts/durable/answer-turn';
import { questionJob, questionJobOf } from '#platform/experts/durable/question-job';
import { questionTasks } from '#platform/experts/durable/question-tasks';
import { runStore } from '#platform/experts/durable/run-store';
import { perTenant } from '#platform/identity/per-tenant';
import type { Principal } from '#platform/identity/principal';
import { type TenantId, tenantId } from '#platform/identity/tenant';
import type { AnyJob } from '#platform/jobs/definition';
import type { DeploymentJobs } from '#platform/jobs/deployment-jobs';
import type { AnyTool } from '#platform/mcp/definitions/tool';
import { callPipeline } from '#platform/mcp/pipeline/call-pipeline';
import type { PipelineOptions } from '#platform/mcp/pipeline/options';
import type { Storage } from '#platform/storage/connect';
import { inTurn } from '#platform/storage/in-turn';

export interface LongQuestionsOptions {
  readonly storage: Storage;
  readonly tenants: readonly TenantId[];
  readonly now: () => Date;
  /** How long a job is kept, in milliseconds. */
  readonly ttlMs: number;
}

export interface AskSurface {
  /** The tools through which experts are asked. */
  readonly tools: readonly AnyTool[];
  readonly offers: readonly Offer<AnyTool>[];
  readonly pipeline: PipelineOptions;
  readonly jobs: DeploymentJobs;
  /** How long a call waits for its answer before it gets a task, in milliseconds. */
  readonly answerWithinMs: number;
}

/** Questions to experts that outlive the call that asked them. */
export interface LongQuestions {
  readonly definition: AnyJob;
  /** Tells what the steps work with, and shows the questions as tasks. Once, before the first request. */
  serve(surface: AskSurface): ReturnType<typeof questionTasks>;
  /** Removes what is not kept any longer, of all tenants. */
  removeExpired(enough?: AbortSignal): Promise<void>;
}

export function longQuestions({ storage, tenants, now, ttlMs }: LongQuestionsOptions): LongQuestions {
  const stores = perTenant(tenants, (tenant) => runStore(storage, tenant, now, ttlMs));
  let means: TurnMeans | undefined;
  return {
    definition: questionJobOf(async (request, { operationId, tenant }) => {
      if (means === undefined) {
        throw new Error('Questions are not served here.');
      }
      return await answerTurn(means, stores.of(tenantId(tenant)), request, operationId);
    }),
    serve({ tools, offers, pipeline, jobs, answerWithinMs }) {
      const jobsOf = ({ tenant }: Principal) => jobs.of(questionJob, tenant);
      const { resources, policy } = pipeline;
      means = {
        offers,
        run: callPipeline(pipeline),
        resources,
        policy,
        now,
        isCancelled: async (job, principal) =>
          (await jobsOf(principal).get(job, principal))?.status === 'cancelled',
      };
      return questionTasks({
        tools,
        jobs: jobsOf,
        runsOf: ({ tenant }) => stores.of(tenant),
        answerWithinMs,
      });
    },
    async removeExpired(enough) {
      await inTurn(stores.all.values(), { enough }, (store) => store.removeExpired(enough));
    },
  };
}
