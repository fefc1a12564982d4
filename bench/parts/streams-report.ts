import { atMost } from '../report/aims.ts';
import type { Part } from '../report/results.ts';
import { percentile } from '../statistics.ts';

/** What was seen with one choice of heap limits. */
export interface Run {
  /** Of the choice. */
  readonly name: string;
  readonly observed: Observed;
}

export interface Observed {
  /** Milliseconds between the start of a step and the notification at the client, of all steps of all streams. */
  readonly delays: readonly number[];
  readonly notifications: readonly number[];
  /** Mebibytes of the host's process. */
  readonly before: number;
  readonly peak: number;
  readonly seconds: number;
}

export function reportStreams(tool: string, streams: number, runs: readonly Run[]): Part {
  const unlimited = runs[0]?.observed.peak ?? Number.NaN;
  const limited = runs.at(-1)?.observed.peak ?? Number.NaN;
  return {
    title: `${streams} diagnoses at once`,
    notes: [
      `${streams} clients call ${tool} at the same time, each on a stream of its own, and all are served by one process on this machine: the local host with the packaged service, its durable engine and every job. All calls ended with a result.`,
      'The delay of a step is the time from when the orchestration scheduled it to when its notification was at the client. The service looks at a job every 0.2 s after a change and then less often, up to every second.',
      'What a stream takes is what the process grew by, divided by the streams: with the job behind each, which is run here as well, and with what the garbage collector has not come to yet.',
      'Node chooses the limits of the heap by the memory of the machine, and with much of it leaves garbage lying about. The second row limits young objects alone (`--max-semi-space-size`), which is no limit of what the service may hold; the third one limits the heap, as on a small instance (`--max-old-space-size`).',
    ],
    tables: [
      {
        caption: 'Delay from step to client, in milliseconds',
        columns: ['heap', 'notifications', 'median', 'p90', 'p99', 'longest'],
        rows: runs.map(({ name, observed: { delays } }) => [
          name,
          delays.length,
          ...[50, 90, 99, 100].map((percent) => percentile(delays, percent)),
        ]),
      },
      {
        caption: 'Streams and memory',
        columns: [
          'heap',
          'streams',
          'fewest notifications',
          'seconds in all',
          'MiB before',
          'MiB at most',
          'KiB a stream',
        ],
        rows: runs.map(({ name, observed: { notifications, seconds, before, peak } }) => [
          name,
          streams,
          Math.min(...notifications),
          seconds,
          before,
          peak,
          ((peak - before) * 1_024) / streams,
        ]),
      },
    ],
    aims: [
      atMost(`${streams} streams, resident memory of the host, no heap limit`, unlimited, 220, ' MiB'),
      atMost(`${streams} streams, resident memory of the host, heap limit 128 MiB`, limited, 250, ' MiB'),
    ],
  };
}
