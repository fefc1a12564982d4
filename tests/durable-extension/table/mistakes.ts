import { isFinished } from '../../integration/durable/durable-status.ts';
import { hasStatus } from './asking.ts';
import type { DifferentRow, Engine, SameRow } from './row.ts';

/**
 * How an instance has ended once another one, begun later, has run its nine steps; `no` when it has not.
 */
async function endOf(engine: Engine, name: string): Promise<string> {
  const { id } = await engine.start(name);
  const ended = engine.until(id).then(({ runtimeStatus }) => runtimeStatus);
  ended.catch(() => {});
  const later = engine.run('nineSteps', { input: { wait: 0 } }).then(async () => {
    const status = await engine.status(id);
    return isFinished(status) ? status.runtimeStatus : 'no';
  });
  const end = await Promise.race([ended, later]);
  if (end === 'no') {
    await engine.client('terminate', id, 'seen');
    await engine.until(id);
  }
  return end;
}

const noSuchMistake =
  'the product makes no such mistake, and a job without progress past its own clock ends as failed';
const saysWhy = 'here it fails and says why, and with --strict it stays as it is there';

function unended(what: string, name: string, local: string, how: string): DifferentRow {
  return {
    what: `${what}: has it ended?`,
    observe: (engine) => endOf(engine, name),
    real: 'no',
    local,
    why: `${how}; ${noSuchMistake}`,
  };
}

/** Programming mistakes that end the instance. */
export const sameMistakes: readonly SameRow[] = [
  ['that throws an error without a message', 'throwsNothing'],
  ['that yields no task', 'yieldsNoTask'],
  ['that is no generator', 'isNoGenerator'],
].map(([what, name = '']) => ({
  what: `an orchestrator ${what} fails`,
  observe: async (engine) => (await engine.run(name)).runtimeStatus,
  expected: 'Failed',
}));

/** Programming mistakes after which an instance stays as it is until it is terminated, and what is not emulated. */
export const differentMistakes: readonly DifferentRow[] = [
  unended('an orchestrator that calls an activity that does not exist', 'unknownActivity', 'Failed', saysWhy),
  unended(
    'a retry policy with a time of its own, which passes',
    'retryWithTimeout',
    'Failed',
    'not emulated, and the failure says so',
  ),
  unended(
    'a timer that is given to Task.any twice',
    'sameTimerTwice',
    'Completed',
    'results reach the wrong tasks on both, and here that ends it',
  ),
  {
    what: 'entities: an orchestrator that calls one of a kind that the app does not have, and the state of nobody',
    async observe(engine) {
      const { status } = await engine.webhook('entities/counter/one');
      return { end: await endOf(engine, 'usesEntity'), status };
    },
    real: { end: 'no', status: 404 },
    local: { end: 'Failed', status: 501 },
    why: 'not emulated, and the failure says so: the product uses none',
  },
  {
    what: 'continueAsNew: the input of the second round, its custom status and its output',
    async observe(engine) {
      const { runtimeStatus, input, customStatus, output } = await engine.run('startsOverOnce', { input: 1 });
      return runtimeStatus === 'Failed' ? runtimeStatus : { input, customStatus, output };
    },
    real: { input: 2, customStatus: { round: 2 }, output: 2 },
    local: 'Failed',
    why: 'not emulated, and the failure says so: the product uses none',
  },
  {
    what: 'a call by HTTP from an orchestrator',
    async observe(engine) {
      const { statusQueryGetUri, id } = await engine.start('identity', { input: 1 });
      await engine.until(id, hasStatus('Completed'));
      const { runtimeStatus, output } = await engine.run('asksAt', { input: statusQueryGetUri });
      return runtimeStatus === 'Failed' ? runtimeStatus : output;
    },
    real: 200,
    local: 'Failed',
    why: 'not emulated, and the failure says so: the product uses none',
  },
  {
    what: 'rewind of one that has failed',
    async observe(engine) {
      const { instanceId } = await engine.run('failsOnce');
      const { status } = await engine.webhook(`instances/${instanceId}/rewind?reason=x`, { method: 'POST' });
      const { runtimeStatus } = await engine.until(
        instanceId,
        (one) => status !== 202 || one.runtimeStatus === 'Completed',
      );
      return { status, runtimeStatus };
    },
    real: { status: 202, runtimeStatus: 'Completed' },
    local: { status: 501, runtimeStatus: 'Failed' },
    why: 'not emulated, and the answer says so: the product begins again instead',
  },
];
