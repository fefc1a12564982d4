import { expect, test } from 'vitest';
import { report } from '#contoso/diagnosis/report';
import type { StepInput } from '#contoso/diagnosis/step-contract';
import { steps } from '#contoso/diagnosis/steps';
import { ReplayingEngine } from './replaying-engine.ts';

const begin = new Date('2026-03-15T23:59:50.000Z');
const request = { device_name: 'router', detail: 'slow in the evening', subscription_id: 11 };

function outcomeOf({ step, course }: StepInput) {
  return {
    findings: [{ step, severity: 'info', title: `Found by ${step}`, detail: '' }],
    actions: step === 'restart_agent' ? ['Restarted.'] : [],
    ...(course && {
      conclusion: { status: 'success', summary: `${course.findings.length} findings before this.` },
    }),
  };
}

async function run(seconds: number, runStep: (input: StepInput) => Promise<unknown>) {
  const engine = new ReplayingEngine(runStep, begin);
  await engine.start('troubleshoot', 'job', { tenant: 'contoso', request, seconds });
  await engine.advance('job');
  const instance = engine.instances.get('job');
  if (instance === undefined) {
    throw new Error('The instance is gone.');
  }
  return { engine, ...instance };
}

test('carries out the nine steps in order and reports what they came to', async () => {
  const { waits, output } = await run(0, async (input) => outcomeOf(input));
  expect(waits.map((wait) => 'step' in wait && wait.step.step)).toEqual(steps.map(({ name }) => name));
  expect(report.parse(output)).toEqual({
    device_name: 'router',
    request_detail: 'slow in the evening',
    status: 'success',
    summary: '7 findings before this.',
    findings: steps.map(({ name }) => expect.objectContaining({ step: name })),
    actions_taken: ['Restarted.'],
  });
});

test('progress rises from above 0 to 100, with a message for each step', async () => {
  const { reports } = await run(0, async (input) => outcomeOf(input));
  // every step is reported twice: when it begins, and with what it came to
  const values = reports.map(({ progress }) => progress).filter((_, place) => place % 2 === 0);
  expect(reports.filter((_, place) => place % 2 === 1).map(({ progress }) => progress)).toEqual(
    values.slice(0, -1),
  );
  expect(values).toHaveLength(steps.length + 1);
  expect(values).toEqual([...new Set(values)].sort((a, b) => a - b));
  expect(values[0]).toBeGreaterThan(0);
  expect(values.at(-1)).toBe(100);
  expect(new Set(reports.map(({ message }) => message)).size).toBe(values.length);
  expect(reports[0]?.message).toBe('Step 1 of 9: collecting the inventory.');
});

test('spreads the steps over the time of the job', async () => {
  const { waits, times } = await run(45, async (input) => outcomeOf(input));
  const timers = waits.flatMap((wait) =>
    'until' in wait ? [(wait.until.getTime() - begin.getTime()) / 1000] : [],
  );
  // the last one a second later: in Azure a timer may fire a second early
  expect(timers).toEqual([5, 10, 15, 20, 25, 30, 35, 40, 46]);
  expect(times.at(-1)?.getTime()).toBe(begin.getTime() + 46_000);
});

test('a step that takes longer than its share delays nothing but what follows', async () => {
  const { waits } = await run(4.5, async (input) => outcomeOf(input));
  expect(waits.some((wait) => 'until' in wait)).toBe(false);
});

test('every step gets the same day and operation, also after midnight', async () => {
  const { waits } = await run(45, async (input) => outcomeOf(input));
  const inputs = waits.flatMap((wait) => ('step' in wait ? [wait.step] : []));
  expect(new Set(inputs.map(({ day }) => day))).toEqual(new Set(['2026-03-15']));
  expect(new Set(inputs.map(({ operationId }) => operationId))).toEqual(new Set(['job']));
  expect(inputs.filter(({ course }) => course !== undefined).map(({ step }) => step)).toEqual(['summarize']);
});

test('a step that keeps failing becomes a finding, and the others go on', async () => {
  let tried = 0;
  const { output } = await run(0, async (input) => {
    if (input.step !== 'dns_gateway') {
      return outcomeOf(input);
    }
    tried += 1;
    throw new Error('secret reason');
  });
  const { findings } = report.parse(output);
  expect(tried).toBe(3);
  expect(findings).toHaveLength(steps.length);
  expect(findings[2]).toMatchObject({ step: 'dns_gateway', severity: 'warning' });
  expect(JSON.stringify(output)).not.toContain('secret');
});

test('a step that fails once is done all the same', async () => {
  let failures = 1;
  const { output } = await run(0, async (input) => {
    if (input.step === 'connectivity' && failures-- > 0) {
      throw new Error('once');
    }
    return outcomeOf(input);
  });
  expect(report.parse(output).findings.map(({ title }) => title)).not.toContain(
    'This step could not be carried out',
  );
});

test('what a step must not return counts as a failure', async () => {
  const { output } = await run(0, async (input) =>
    input.step === 'connectivity' ? { findings: 'none' } : outcomeOf(input),
  );
  expect(report.parse(output).findings[1]?.title).toBe('This step could not be carried out');
});

test('without a summary the diagnosis has failed', async () => {
  const { output } = await run(0, async (input) => {
    if (input.step === 'summarize') {
      throw new Error('no');
    }
    return outcomeOf(input);
  });
  expect(report.parse(output).status).toBe('failed');
});
