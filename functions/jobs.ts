import * as df from 'durable-functions';
import { product } from './lib/setup.ts';

/** Three attempts; failures of storage are over within seconds. */
const attempts = new df.RetryOptions(1_000, 3);

/** An event that came is waited for once; one that did not yet is waited for again in the next race. */
function racesOf(durable: df.DurableOrchestrationContext) {
  const awaited = new Map<string, df.Task>();
  return (name: string, moment: Date) => {
    const event = awaited.get(name) ?? durable.waitForExternalEvent(name);
    const timer = durable.createTimer(moment);
    awaited.set(name, event);
    return {
      wait: durable.Task.any([event, timer]),
      came() {
        if (!event.isCompleted) {
          return false;
        }
        awaited.delete(name);
        if (!timer.isCompleted) {
          timer.cancel();
        }
        return true;
      },
    };
  };
}

for (const job of product?.jobs.registered ?? []) {
  df.app.orchestration(job.orchestration, ({ df: durable }) =>
    job.orchestrate<df.Task>({
      instanceId: durable.instanceId,
      input: durable.getInput(),
      now: () => durable.currentUtcDateTime,
      report: (progress) => durable.setCustomStatus(progress),
      step: (input) => durable.callActivityWithRetry(job.activity, attempts, input),
      until: (moment) => durable.createTimer(moment),
      race: racesOf(durable),
    }),
  );
  df.app.activity(job.activity, { handler: (input) => job.runStep(input) });
}
