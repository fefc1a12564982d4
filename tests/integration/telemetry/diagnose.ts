import type { Diagnostics } from '#contoso/diagnosis/diagnostics';
import type { Orchestration } from '#platform/jobs/ports';

/**
 * Makes a call that begins a job, and runs the job's first step. Stands in for the durable engine: notes what it is to
 * begin, and says at once that it was given up.
 */
export async function diagnose(diagnostics: Diagnostics, call: () => Promise<unknown>): Promise<void> {
  let job = '';
  let begun: unknown;
  diagnostics.connect({
    start: async (id, input) => {
      [job, begun] = [id, input];
    },
    status: async () => ({
      runtimeStatus: 'Terminated',
      customStatus: null,
      output: null,
      updatedAt: new Date(),
    }),
    terminate: async () => {},
    purge: async () => {},
  });
  await call();
  await diagnostics.runStep(firstStepOf(diagnostics, job, begun));
}

/** What the orchestrator hands to its first activity. */
function firstStepOf({ orchestrate }: Diagnostics, instanceId: string, input: unknown): unknown {
  const work: Orchestration<unknown> = {
    instanceId,
    input,
    now: () => new Date(),
    report: () => {},
    step: (step) => step,
    until: (moment) => moment,
  };
  return orchestrate(work).next().value;
}
