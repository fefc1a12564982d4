import { createRequire } from 'node:module';
import { createHistogram } from 'node:perf_hooks';
import { announce } from '../peers/serve.ts';
import type { Load, LoadJob } from './job.ts';

/** The part of autocannon that is used; the package brings no types. */
type Autocannon = (options: object, done: (error: Error | null, result: Totals) => void) => Emitter;

interface Totals {
  readonly duration: number;
  readonly errors: number;
  readonly timeouts: number;
  readonly non2xx: number;
  readonly mismatches: number;
  readonly '2xx': number;
}

interface Emitter {
  on(
    event: 'response',
    listener: (client: unknown, status: number, bytes: number, milliseconds: number) => void,
  ): void;
}

const autocannon = createRequire(import.meta.url)('autocannon') as Autocannon;

/** The generator has a process of its own, so that it never waits for what it measures, nor the other way round. */
process.on('message', (job: LoadJob) => {
  run(job).then(
    (load) => process.send?.(load),
    (error: unknown) => process.send?.({ error: String(error) }),
  );
});
announce(0);

function run({ url, headers, body, connections, seconds }: LoadJob): Promise<Load> {
  // Its own latencies are whole milliseconds; most answers take less than one.
  const microseconds = createHistogram();
  return new Promise((resolve, reject) => {
    const options = {
      url,
      method: 'POST',
      headers,
      body,
      connections,
      duration: seconds,
      // A failed call is a result of its own in MCP, and HTTP calls it a success.
      verifyBody: (text: string) => !text.includes('"isError":true'),
    };
    const load = autocannon(options, (error, totals) => {
      if (error !== null) {
        reject(error);
      } else {
        resolve({ ...ratesOf(totals), p50: at(50), p99: at(99) });
      }
    });
    load.on('response', (_client, _status, _bytes, milliseconds) =>
      microseconds.record(Math.max(1, Math.round(milliseconds * 1_000))),
    );
  });

  function at(percent: number): number {
    return microseconds.percentile(percent) / 1_000;
  }
}

function ratesOf(totals: Totals): Pick<Load, 'requestsPerSecond' | 'answered' | 'failures'> {
  const { errors, timeouts, non2xx, mismatches } = totals;
  const failures = Object.entries({ errors, timeouts, non2xx, mismatches }).filter(([, count]) => count > 0);
  return {
    requestsPerSecond: totals['2xx'] / totals.duration,
    answered: totals['2xx'],
    failures: Object.fromEntries(failures),
  };
}
