import { beforeAll, expect, test } from 'vitest';
import { diagnosisJob } from '#contoso/diagnosis/job';
import { simulatedProbe } from '#contoso/diagnosis/simulated-probe';
import type { StepInput, StepOutcome } from '#contoso/diagnosis/step-contract';
import { type StepName, steps } from '#contoso/diagnosis/steps';
import { openTenantStore } from '#contoso/stores/open-tenant-store';
import { NotFound } from '#platform/errors';
import { stepRunner } from '#platform/jobs/run-step';
import { countRoundTrips } from '#platform/storage/round-trips';
import { createLogger } from '#platform/telemetry/log';
import { bulkWrite } from '#seed/writing/bulk';
import { freshTenant, testStorage } from '../../support/azurite.ts';
import { smallDataset, smallNow } from '../../support/small-dataset.ts';
import { aSubscription } from '../../support/small-records.ts';

const day = '2026-03-15';
const tenant = freshTenant();
const logLines: string[] = [];
const logger = createLogger(
  'debug',
  () => smallNow,
  (line) => logLines.push(line),
);
let runStep: (input: StepInput) => Promise<StepOutcome>;

/** Subscription 11 is of the small company; 13 and 14 are slow and suspended, 15 has used 300 MB a day. */
beforeAll(async () => {
  const storage = await testStorage();
  const subscription_id = 15;
  await bulkWrite(storage, tenant, {
    ...smallDataset,
    subscriptions: [
      ...smallDataset.subscriptions,
      aSubscription({ subscription_id: 13, service_status: 'slow', speed_tier: '1Gbps' }),
      aSubscription({ subscription_id: 14, status: 'inactive', service_status: 'offline' }),
      aSubscription({ subscription_id }),
    ],
    usage: Array.from({ length: 60 }, (_, index) => ({
      subscription_id,
      usage_date: new Date(Date.parse(day) - index * 86_400_000).toISOString().slice(0, 10),
      data_used_mb: index === 0 || index > 30 ? 5000 : 350,
      voice_minutes: 0,
      sms_count: 0,
    })),
  });
  const store = openTenantStore(storage, tenant, () => smallNow);
  const run = stepRunner(diagnosisJob({ probe: simulatedProbe, storeOf: () => store, seconds: 45 }), logger);
  runStep = async (input) => (await run(input)) as StepOutcome;
});

function input(step: StepName, subscription_id?: number): StepInput {
  const request = { device_name: 'router', detail: 'odd', ...(subscription_id && { subscription_id }) };
  return { tenant, step, request, day, operationId: 'job' };
}

async function titles(step: StepName, subscription_id?: number): Promise<string[]> {
  return (await runStep(input(step, subscription_id))).findings.map(({ title }) => title);
}

test('every step costs three round trips at most, and gives the same when it is repeated', async () => {
  for (const { name } of steps) {
    const { result, count } = await countRoundTrips(() => runStep(input(name, 11)));
    expect(count).toBeLessThanOrEqual(3);
    expect(await runStep(input(name, 11))).toEqual(result);
    expect(JSON.stringify(result).length).toBeLessThan(4000);
  }
});

test('a suspended account is found as such, and the device is not blamed', async () => {
  expect(await titles('collect_inventory', 14)).toContain('The subscription is suspended');
  expect(await titles('connectivity', 14)).toContain('The service is offline');
  const { findings } = await runStep(input('connectivity', 14));
  expect(findings.find(({ title }) => title === 'The device does not answer')?.severity).toBe('info');
  expect((await runStep(input('restart_agent', 14))).actions).toEqual([]);
});

test('slow service shows in the status and in the measured speed', async () => {
  expect(await titles('connectivity', 13)).toContain('The service is slow');
  expect(await titles('ping_traceroute', 13)).toContain('Far below the speed of the plan');
});

test('only open incidents of this subscription are named', async () => {
  expect(await titles('connectivity', 11)).toContain('Open incident since 2026-03-13');
  expect((await titles('connectivity', 11)).filter((title) => title.startsWith('Open'))).toHaveLength(1);
});

test('usage is that of the thirty whole days before', async () => {
  const { findings } = await runStep(input('health_checks', 15));
  expect(findings.at(-1)).toMatchObject({
    severity: 'problem',
    detail: expect.stringContaining('10.5 GB were used in the last 30 days, 105 % of the cap of 10 GB.'),
  });
});

test('without a subscription only the device is looked at', async () => {
  const { count } = await countRoundTrips(async () => {
    for (const { name } of steps) {
      await runStep(input(name));
    }
  });
  expect(count).toBe(0);
  expect(await titles('collect_inventory')).toContain('About the device alone');
  expect(await titles('collect_inventory')).toContain('About the readings');
});

test('what is no step is refused, and a subscription that is gone is not found', async () => {
  await expect(runStep({ ...input('connectivity'), step: 'format_disk' as StepName })).rejects.toThrow();
  await expect(runStep(input('connectivity', 99))).rejects.toThrow(NotFound);
});

test('each attempt is a line: a warning with the reason when it failed', async () => {
  await runStep(input('connectivity', 11));
  await expect(runStep(input('connectivity', 99))).rejects.toThrow();
  const line = { tenant, job: 'job', step: 'connectivity', durationMs: expect.any(Number) };
  expect(logLines.slice(-2).map((text) => JSON.parse(text))).toMatchObject([
    { ...line, level: 'info', outcome: 'ok' },
    { ...line, level: 'warn', outcome: 'not_found' },
  ]);
});
