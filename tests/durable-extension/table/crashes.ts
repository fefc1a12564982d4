import { createGates, type Gates } from '../../integration/durable/gates.ts';
import type { RowOn } from '../compare.ts';
import type { StartInstance } from '../instances.ts';
import { within } from './asking.ts';

const times = (gates: Gates, line: string) => gates.lines().filter((one) => one === line).length;
/** A line is written before the promise is: looked for until it is there so many times. */
async function seen(gates: Gates, line: string, count: number, timeout: number) {
  const deadline = Date.now() + timeout;
  while (times(gates, line) < count) {
    if (Date.now() > deadline) {
      throw new Error(`"${line}" is not there ${count} times: ${gates.lines().join(', ')}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

export const crashRows: readonly RowOn<StartInstance>[] = [
  {
    what: 'the functions’ process is killed in an activity: only that step runs again, as its retry policy says',
    async observe(start) {
      const instance = await start();
      const gates = createGates();
      const gate = gates.gate('1');
      const { id } = await instance.start('gatedWithRetry', { input: { log: gates.log, gate } });
      await gates.sees('first ends');
      await gates.sees('second begins');
      const begun = performance.now();
      await instance.crashFunctions();
      await seen(gates, 'second begins', 2, 200_000);
      const took = performance.now() - begun;
      gates.open(gate);
      const { runtimeStatus, output } = await instance.until(id);
      const first = times(gates, 'first begins');
      gates.remove();
      return { runtimeStatus, output, first, took };
    },
    expected: {
      runtimeStatus: 'Completed',
      output: ['first done', 'second done'],
      first: 1,
      took: within(0, 200_000),
    },
  },
  {
    what: 'the engine’s process is killed in an activity and in a timer: only that step runs again, and a step that is long runs once',
    async observe(start) {
      const instance = await start();
      const gates = createGates();
      const [gate, long] = [gates.gate('1'), gates.gate('long')];
      const { id } = await instance.start('gatedWithRetry', { input: { log: gates.log, gate } });
      const nap = await instance.start('nap', { input: 5_000 });
      await gates.sees('second begins');
      await instance.until(nap.id, ({ customStatus }) => customStatus === 'asleep');
      const begun = performance.now();
      await instance.crashEngine();
      const input = { log: gates.log, gate: long, names: ['long'] };
      const other = await instance.start('gatedWithRetry', { input });
      await gates.sees('long begins');
      await seen(gates, 'second begins', 2, 200_000);
      const took = performance.now() - begun;
      gates.open(gate);
      const { runtimeStatus, output } = await instance.until(id);
      gates.open(long);
      const ends = [await instance.until(nap.id), await instance.until(other.id)];
      const [first, once] = [times(gates, 'first begins'), times(gates, 'long begins')];
      gates.remove();
      return { runtimeStatus, output, others: ends.map((end) => end.runtimeStatus), first, once, took };
    },
    expected: {
      runtimeStatus: 'Completed',
      output: ['first done', 'second done'],
      others: ['Completed', 'Completed'],
      first: 1,
      once: 1,
      took: within(0, 200_000),
    },
  },
];
