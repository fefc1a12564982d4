import { expect } from 'vitest';
import { isFinished } from '../../integration/durable/durable-status.ts';
import { historyOf, within } from './asking.ts';
import type { DifferentRow, SameRow } from './row.ts';

const nine = [1, 2, 3, 4, 5, 6, 7, 8, 9];
const doneNine = { runtimeStatus: 'Completed', output: nine.map((step) => ({ step })) };

export const sameSteps: readonly SameRow[] = [
  {
    what: 'nine steps with a timer after each: progress, result and history',
    async observe(engine) {
      const { id } = await engine.start('nineSteps', { input: { wait: 400 } });
      const seen: number[] = [];
      const { runtimeStatus, output } = await engine.until(id, (status) => {
        const { step } = (status.customStatus ?? { step: 0 }) as { step: number };
        seen.push(step);
        return isFinished(status);
      });
      const inOrder = seen.every((step, index) => index === 0 || step >= (seen[index - 1] ?? 0));
      return { runtimeStatus, output, inOrder, history: await historyOf(engine, id) };
    },
    expected: {
      ...doneNine,
      inOrder: true,
      history: [
        'ExecutionStarted',
        ...nine.flatMap(() => ['TaskCompleted', 'TimerFired']),
        'ExecutionCompleted',
      ],
    },
  },
  ...[1, 2, 3, 9].map((attempts) => ({
    what: `a step that works at try ${attempts}, with three tries`,
    observe: async (engine: Parameters<SameRow['observe']>[0]) =>
      (await engine.run('stepThatFails', { input: attempts })).output,
    expected: { isDone: attempts <= 3, runs: Math.min(attempts, 3) },
  })),
  {
    what: 'inputs and results of activities: text, number, boolean, nothing, object, list, bytes',
    observe: async (engine) => (await engine.run('inputs')).output,
    expected: {
      input: '',
      echoed: ['Tokyo', '123', 5, 'True', 'False', null, null, { a: [1] }, [1, 2], ''],
      others: [null, 'AQID'],
    },
  },
  {
    what: 'an activity that throws fails the orchestration that lets it',
    async observe(engine) {
      const { runtimeStatus, output } = await engine.run('fails');
      return { runtimeStatus, output };
    },
    expected: {
      runtimeStatus: 'Failed',
      output: expect.stringMatching(
        /^Orchestrator function 'fails' failed: Activity function 'bad' failed: +always bad/,
      ),
    },
  },
  {
    what: 'an orchestrator that does not exist is accepted, and fails',
    async observe(engine) {
      const started = await engine.webhook('orchestrators/nobody', { method: 'POST', body: '1' });
      const { id } = (await started.json()) as { id: string };
      const { runtimeStatus, output } = await engine.until(id);
      return { code: started.status, runtimeStatus, output };
    },
    expected: {
      code: 202,
      runtimeStatus: 'Failed',
      output: expect.stringContaining("The function 'nobody' doesn't exist"),
    },
  },
  {
    what: 'an orchestrator that throws something else than an error fails',
    observe: async (engine) => (await engine.run('throwsText')).runtimeStatus,
    expected: 'Failed',
  },
  {
    what: 'twenty activities side by side, in their order',
    observe: async (engine) => (await engine.run('fanOut', { input: { width: 20 } })).output,
    expected: { all: Array.from({ length: 20 }, (_, index) => index), tail: 'tail' },
  },
  {
    what: 'ids and times are the same in every replay',
    observe: async (engine) => (await engine.run('determinism')).output,
    expected: { echoed: [true, true, true, true, true], ascending: true },
  },
];

export const differentSteps: readonly DifferentRow[] = [
  {
    what: 'the length of the text that an orchestrator gets of an activity’s error',
    observe: async (engine) => String((await engine.run('fails')).output).length,
    real: within(1_400, 20_000),
    local: within(100, 4_000),
    why: 'there it has the stacks of .NET and of Node; nobody may read more than its beginning',
  },
  {
    what: 'a sub-orchestration',
    observe: async (engine) => (await engine.run('usesChild')).runtimeStatus,
    real: 'Completed',
    local: 'Failed',
    why: 'not emulated, and the failure says so: the product uses none',
  },
];
