import * as df from 'durable-functions';
import { product } from './lib/setup.ts';

/** Three attempts; failures of storage are over within seconds. */
const attempts = new df.RetryOptions(1_000, 3);

for (const job of product?.jobs.registered ?? []) {
  df.app.orchestration(job.orchestration, ({ df: durable }) =>
    job.orchestrate<df.Task>({
      instanceId: durable.instanceId,
      input: durable.getInput(),
      now: () => durable.currentUtcDateTime,
      report: (progress) => durable.setCustomStatus(progress),
      step: (input) => durable.callActivityWithRetry(job.activity, attempts, input),
      until: (moment) => durable.createTimer(moment),
    }),
  );
  df.app.activity(job.activity, { handler: (input) => job.runStep(input) });
}
