import { within } from './asking.ts';
import type { DifferentRow, Engine, SameRow } from './row.ts';

/** Each as the input of an instance that answers with it. */
const values = [
  'text',
  '2024-05-06T07:08:09Z',
  '2024-05-06T07:08:09.123456+02:00',
  '2024-05-06',
  '{"json":"text"}',
  '\u0000 \u2028 😀 漢 "\\',
  2 ** 53,
  1e300,
  1e-7,
  -0.5,
  true,
  false,
  null,
  [1, 'two', [3]],
  { a: { b: '2024-05-06T07:08:09Z' }, c: null },
];

const answered = async (engine: Engine, input: unknown) => {
  const status = await engine.run('identity', { input });
  return { input: status.input, output: status.output };
};
const answer = async (engine: Engine, which: string) => {
  const { runtimeStatus, output } = await engine.run('answer', { input: which });
  return { runtimeStatus, output };
};
const ofSize = async (engine: Engine, size: number) =>
  String((await answered(engine, 'x'.repeat(size))).output).length;

export const sameValues: readonly SameRow[] = [
  {
    what: 'inputs and outputs: texts, dates as text, numbers, booleans, null, lists, objects',
    observe: (engine) => Promise.all(values.map((value) => answered(engine, value))),
    expected: values.map((value) => ({ input: value, output: value })),
  },
  {
    what: 'outputs that JSON does not have: nothing, no number, a date',
    observe: (engine) =>
      Promise.all(['nothing', 'no number', 'a date'].map((which) => answer(engine, which))),
    expected: [null, null, '2024-05-06T07:08:09.010Z'].map((output) => ({
      runtimeStatus: 'Completed',
      output,
    })),
  },
  {
    what: 'inputs and outputs of 60 KB, 100 KB and 1 MB',
    observe: (engine) => Promise.all([60_000, 100_000, 1_000_000].map((size) => ofSize(engine, size))),
    expected: [60_000, 100_000, 1_000_000],
  },
];

export const differentValues: readonly DifferentRow[] = [
  {
    what: 'an input of 2 MB, which is the output, too',
    observe: async (engine) => (await engine.run('identity', { input: 'x'.repeat(2_000_000) })).runtimeStatus,
    real: 'Completed',
    local: 'Failed',
    why: 'there it goes through blobs; here there are tables only, and the product’s are a few KB',
  },
  {
    what: 'half of a surrogate pair in a text',
    observe: async (engine) => (await answered(engine, 'a\ud83d')).output,
    real: 'a\ufffd',
    local: 'a\ud83d',
    why: 'the product cuts no text in the middle of a character',
  },
  {
    what: 'an output with a member called $ref',
    observe: async (engine) => (await answer(engine, 'a member that names a reference')).runtimeStatus,
    real: 'Failed',
    local: 'Completed',
    why: 'the product’s outputs have fixed members',
  },
];

export const sameTimers: readonly SameRow[] = [
  {
    what: 'a timer in the past fires at once',
    observe: async (engine) => {
      const begun = performance.now();
      const { output } = await engine.run('nap', { input: -5_000 });
      return { output, took: performance.now() - begun };
    },
    expected: { output: true, took: within(0, 60_000) },
  },
  {
    what: 'a timer of seven days is set for three at first',
    async observe(engine) {
      const { id } = await engine.start('nap', { input: 7 * 86_400_000 });
      const begun = Date.now();
      await engine.until(id, ({ customStatus }) => customStatus === 'asleep');
      const response = await engine.webhook(`instances/${id}?showHistory=true`);
      const { historyEvents } = (await response.json()) as { historyEvents: { FireAt?: string }[] };
      const days = historyEvents
        .filter(({ FireAt }) => FireAt !== undefined)
        .map(({ FireAt = '' }) => Math.round((Date.parse(FireAt) - begun) / 86_400_000));
      await engine.client('terminate', id, 'seen');
      return { days, end: (await engine.until(id)).runtimeStatus };
    },
    expected: { days: [3], end: 'Terminated' },
  },
];

export const differentTimers: readonly DifferentRow[] = [
  {
    what: 'timers of 1.0 and 1.9 seconds: how late the next step begins, in milliseconds',
    observe: async (engine) => {
      const runs = [1_000, 1_900].map((input) => engine.run('lateness', { input }));
      return (await Promise.all(runs)).map(({ output }) => output);
    },
    real: [within(-1_000, 30_000), within(-1_000, 30_000)],
    local: [within(0, 30_000), within(0, 30_000)],
    why: 'there the time goes in whole seconds, and a timer can fire up to a second early: the product asks for its last moment a second later',
  },
];
