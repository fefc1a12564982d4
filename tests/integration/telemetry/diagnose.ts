import type { DeploymentJobs, RegisteredJob } from '#platform/jobs/deployment-jobs';
import type { Orchestration } from '#platform/jobs/ports';

/**
 * Makes a call that begins a job, and runs the job's first step. Stands in for the durable engine: notes what it is to
 * begin, and says at once that it was given up.
 */
export async function diagnose(jobs: DeploymentJobs, call: () => Promise<unknown>): Promise<void> {
  let job = '';
  let begun: unknown;
  jobs.connect({
    start: async (_name, id, input) => {
      [job, begun] = [id, input];
    },
    status: async () => ({
      runtimeStatus: 'Terminated',
      customStatus: null,
      output: null,
      updatedAt: new Date(),
    }),
    raise: async () => {},
    terminate: async () => {},
    purge: async () => {},
  });
  await call();
  const [diagnosis] = jobs.registered;
  await diagnosis?.runStep(firstStepOf(diagnosis, job, begun));
}

/** What the orchestrator hands to its first activity. */
function firstStepOf({ orchestrate }: RegisteredJob, instanceId: string, input: unknown): unknown {
  const work: Orchestration<unknown> = {
    instanceId,
    input,
    now: () => new Date(),
    report: () => {},
    step: (step) => step,
    until: (moment) => moment,
    race: (_event, moment) => ({ wait: moment, came: () => false }),
  };
  return orchestrate(work).next().value;
}
