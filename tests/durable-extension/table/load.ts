import { within } from './asking.ts';
import type { Engine, SameRow } from './row.ts';

const jobs = 50;

async function timed<Seen>(work: () => Promise<Seen>): Promise<{ seen: Seen; took: number }> {
  const begun = performance.now();
  return { seen: await work(), took: performance.now() - begun };
}

const finish = async (engine: Engine, id: string) => (await engine.until(id)).output;

/** Run when nothing else is: each looks at how long something takes, within wide ranges. */
export const loadRows: readonly SameRow[] = [
  {
    what: 'how long a start takes, and one orchestration of nine steps',
    async observe(engine) {
      const start = await timed(() => engine.start('nineSteps', { input: { wait: 0 } }));
      const run = await timed(() => finish(engine, start.seen.id));
      return { start: { took: start.took }, run: { took: run.took } };
    },
    expected: { start: { took: within(0, 15_000) }, run: { took: within(0, 60_000) } },
  },
  {
    what: `${jobs} orchestrations of nine steps at once`,
    async observe(engine) {
      const { seen, took } = await timed(async () => {
        const started = await Promise.all(
          Array.from({ length: jobs }, () => engine.start('nineSteps', { input: { wait: 0 } })),
        );
        const outputs: unknown[] = [];
        // one after the other: fifty that ask all the time would be most of what is measured
        for (const { id } of started) {
          outputs.push(await finish(engine, id));
        }
        return outputs;
      });
      return { whole: seen.filter((output) => (output as unknown[]).length === 9).length, took };
    },
    expected: { whole: jobs, took: within(0, 240_000) },
  },
];
