import type { Load } from '../load/job.ts';
import { failed } from '../load/load.ts';
import { atLeast } from '../report/aims.ts';
import type { Aim, Part, Table } from '../report/results.ts';
import { median, ratioSpread } from '../statistics.ts';
import { type Operation, operations } from '../subjects/messages.ts';
import { type Contender, names, peers } from './http-contenders.ts';

/** What was seen of a server under load; CPU time in microseconds a request, of its process. */
export interface Served extends Load {
  readonly cpu: number;
}

const measured = ['requestsPerSecond', 'p50', 'p99', 'cpu'] as const;
type Measured = (typeof measured)[number];

export const connectionCounts = [1, 16] as const;

export const key = (name: string, operation: Operation, connections: number) =>
  `${name} | ${operation} | ${connections}`;

type Samples = ReadonlyMap<string, readonly Served[]>;

export function reportHttp(contenders: readonly Contender[], samples: Samples): Part {
  return {
    title: 'Over HTTP on this machine',
    notes: [
      failuresNote([...samples.values()].flat()),
      'Each server has a process of its own, and so has the load generator (autocannon); all share the cores, so that 16 connections show a saturated machine. Each is asked for five seconds before anything is counted. Medians of the rounds; CPU time is that of the server’s process.',
      'This service verifies the token of every request, checks permissions, and sends an audit entry of every call to storage, which takes them at once and keeps nothing, because Azurite would compete for the cores that are measured. Its peers have the same eighteen tools with the same records in memory, and do none of that. The official 1.x example and fastmcp are asked as 2025-era clients ask, which is all that they know.',
      'Behind node:http this service runs as its peers do. On the local Functions host every request passes through that host and the HTTP server of the Functions library; the empty function, which sends our answers without looking at the request, shows what that alone costs. The bare server does the same without a host.',
    ],
    tables: operations.map((operation) => table(contenders, samples, operation)),
    aims: [...operations.flatMap((operation) => bestPeerAim(samples, operation)), ...hostedAims(samples)],
  };
}

function of(
  samples: Samples,
  name: string,
  operation: Operation,
  connections: number,
  value: Measured,
): number[] {
  return (samples.get(key(name, operation, connections)) ?? []).map((served) => served[value]);
}

function table(contenders: readonly Contender[], samples: Samples, operation: Operation): Table {
  return {
    caption: `${operation}: requests per second, milliseconds to the answer, microseconds of CPU time`,
    columns: ['', ...connectionCounts.flatMap((count) => [`req/s, ${count} conn.`, 'p50', 'p99', 'CPU'])],
    rows: contenders.map(({ name }) => [
      name,
      ...connectionCounts.flatMap((count) =>
        measured.map((value) => median(of(samples, name, operation, count, value))),
      ),
    ]),
  };
}

/** What is promised against whichever peer takes the least. */
const promised: Readonly<Record<Operation, number>> = { 'tools/call': 1.5, 'tools/list': 10 };

function bestPeerAim(samples: Samples, operation: Operation): Aim {
  const cpu = (name: string) => of(samples, name, operation, 16, 'cpu');
  const [best = ''] = [...peers].sort((one, other) => median(cpu(one)) - median(cpu(other)));
  return atLeast(
    `${operation} over node:http, 16 connections: CPU time of the best peer (${best}) against ours`,
    ratioSpread(cpu(best), cpu(names.ours)),
    promised[operation],
    ' times',
  );
}

function hostedAims(samples: Samples): Aim[] {
  const rate = (name: string, operation: Operation) => of(samples, name, operation, 16, 'requestsPerSecond');
  return [names.official, names.fastmcp].flatMap((peer) =>
    operations.map((operation) =>
      atLeast(
        `${operation}, 16 connections: throughput of ${names.hosted} against ${peer}`,
        ratioSpread(rate(names.hosted, operation), rate(peer, operation)),
        1,
        ' times',
      ),
    ),
  );
}

/** They are said, not hidden: under load a server may refuse a request. */
function failuresNote(loads: readonly Load[]): string {
  const sum = (count: (load: Load) => number) => loads.reduce((total, load) => total + count(load), 0);
  const answered = sum((load) => load.answered);
  return `${answered.toLocaleString('en-US')} requests were answered, ${sum(failed)} failed.`;
}
