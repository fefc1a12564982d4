import { groupBy } from '#platform/group-by';
import { atMost } from '../../report/aims.ts';
import type { Aim, Part } from '../../report/results.ts';
import { percentile } from '../../statistics.ts';
import type { Soaked } from './soak.ts';
import type { Ended } from './visitor.ts';
import { slopeOf } from './watch.ts';

/** MiB a minute over the second half, within which memory counts as flat. */
const flat = 1;

export function soakPart({ visits, samples, handles, faults, alive }: Soaked, seconds: number): Part {
  const bad = visits.filter(({ outcome }) => outcome === 'lost' || outcome === 'wrong');
  const details = [...new Set(bad.map(({ kind, outcome, detail }) => `${kind}, ${outcome}: ${detail}`))];
  return {
    title: `A soak of ${Math.round(seconds)} seconds`,
    notes: [
      'Two tenants, both revisions, lists, reads, searches, changes under a key, questions to the expert and jobs followed on streams, by chance, while storage fails for five seconds of ten: late, 503, 429, connections cut before or after a change.',
      `Something happened to ${faults} requests to storage.`,
      alive
        ? 'The service said all the time that it is alive.'
        : 'The service did not always say that it is alive.',
      ...details.slice(0, 20),
    ],
    tables: [
      {
        caption: 'Visits; milliseconds of those that were answered',
        columns: ['', 'visits', 'answered', 'told to try again', 'lost', 'wrong', 'p50', 'p99'],
        rows: [...groupBy(visits, ({ kind }) => kind)].map(([kind, ofKind]) => [kind, ...rowOf(ofKind)]),
      },
      {
        caption: 'The process',
        columns: ['', 'at the beginning', 'at the end'],
        rows: [
          ['resident memory, MiB', samples.at(0)?.resident ?? null, samples.at(-1)?.resident ?? null],
          ['open files and sockets', handles.before ?? null, handles.after ?? null],
        ],
      },
    ],
    aims: aimsOf(slopeOf(samples), bad.length),
  };
}

function aimsOf(slope: number, bad: number): Aim[] {
  return [
    atMost('growth of memory over the second half of the soak', slope, flat, ' MiB a minute'),
    atMost('visits of the soak that were lost or answered wrongly', bad, 0, ''),
  ];
}

function rowOf(visits: readonly Ended[]): (number | null)[] {
  const count = (outcome: Ended['outcome']) => visits.filter((visit) => visit.outcome === outcome).length;
  const times = visits.flatMap(({ outcome, milliseconds }) => (outcome === 'answered' ? [milliseconds] : []));
  const at = (percent: number) => (times.length === 0 ? null : percentile(times, percent));
  return [visits.length, count('answered'), count('told'), count('lost'), count('wrong'), at(50), at(99)];
}
