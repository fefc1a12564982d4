import './lib/setup.ts';
import * as df from 'durable-functions';
import { getApp } from '../shared/app.ts';
import { troubleshoot, troubleshootStep } from './lib/orchestrations.ts';

/** Three attempts; failures of storage are over within seconds. */
const attempts = new df.RetryOptions(1_000, 3);

const { diagnostics } = await getApp();

df.app.orchestration(troubleshoot, ({ df: durable }) =>
  diagnostics.orchestrate<df.Task>({
    instanceId: durable.instanceId,
    input: durable.getInput(),
    now: () => durable.currentUtcDateTime,
    report: (progress) => durable.setCustomStatus(progress),
    step: (input) => durable.callActivityWithRetry(troubleshootStep, attempts, input),
    until: (moment) => durable.createTimer(moment),
  }),
);

df.app.activity(troubleshootStep, { handler: (input) => diagnostics.runStep(input) });
