import { businessTools } from '#contoso/tools/index';
import { Running } from '../../emulators/stack/running.ts';
import { interleave, type Subject } from '../interleave.ts';
import type { Load } from '../load/job.ts';
import { failed, LoadGenerator } from '../load/load.ts';
import type { BenchOptions } from '../options.ts';
import { atLeast } from '../report/aims.ts';
import type { Aim, Part, Table } from '../report/results.ts';
import { median, ratioSpread } from '../statistics.ts';
import { checkAnswer, messageFor, type Operation, operations } from '../subjects/messages.ts';
import { ask, type Contender, names, startContenders } from './http-contenders.ts';

const measured = ['requestsPerSecond', 'p50', 'p99'] as const;
type Measured = (typeof measured)[number];

const connectionCounts = [1, 16, 64] as const;

/** Throughput and latency over HTTP on this machine: this service, its peers, and what a server costs at least. */
export async function measureHttp({ quick, progress }: BenchOptions): Promise<Part> {
  const running = new Running();
  try {
    const contenders = await startContenders(running);
    const generator = await LoadGenerator.start();
    running.add(() => generator.stop());
    const seconds = quick ? 1 : 2;
    const subjects = contenders.flatMap((contender) => subjectsOf(contender, generator, seconds));
    const rounds = quick ? 1 : 3;
    const samples = await interleave(subjects, rounds, (round) =>
      progress(`over HTTP: round ${round} of ${rounds}`),
    );
    return report(contenders, samples);
  } finally {
    await running.stop();
  }
}

function subjectsOf(contender: Contender, generator: LoadGenerator, seconds: number): Subject<Load>[] {
  return operations.flatMap((operation) =>
    connectionCounts.map((connections) => ({
      name: key(contender.name, operation, connections),
      async measure() {
        checkAnswer(operation, await ask(contender, operation), businessTools.length);
        const message = messageFor(contender.era, operation);
        const headers = { ...message.headers, ...contender.headers };
        return generator.run({ url: contender.url, headers, body: message.body, connections, seconds });
      },
    })),
  );
}

const key = (name: string, operation: Operation, connections: number) =>
  `${name} | ${operation} | ${connections}`;

function report(contenders: readonly Contender[], samples: ReadonlyMap<string, readonly Load[]>): Part {
  const of = (name: string, operation: Operation, connections: number, value: Measured) =>
    (samples.get(key(name, operation, connections)) ?? []).map((load) => load[value]);
  const table = (operation: Operation): Table => ({
    caption: `${operation}: requests per second, and milliseconds to the answer`,
    columns: ['', ...connectionCounts.flatMap((count) => [`req/s, ${count} conn.`, 'p50', 'p99'])],
    rows: contenders.map(({ name }) => [
      name,
      ...connectionCounts.flatMap((count) =>
        measured.map((value) => median(of(name, operation, count, value))),
      ),
    ]),
  });
  const throughput = (name: string, operation: Operation) => of(name, operation, 16, 'requestsPerSecond');
  const against = (own: string, peer: string, operation: Operation): Aim =>
    atLeast(
      `${operation}, 16 connections: throughput of ${own} against ${peer}`,
      ratioSpread(throughput(own, operation), throughput(peer, operation)),
      1,
      ' times',
    );
  return {
    title: 'Over HTTP on this machine',
    notes: [
      failuresNote([...samples.values()].flat()),
      'Each server has a process of its own, and so has the load generator (autocannon); all share the cores, so that columns for 16 and 64 connections show saturated machines. Medians of the rounds.',
      'This service verifies the token of every request, checks permissions, and sends an audit entry of every call to storage, which takes them at once and keeps nothing, because Azurite would compete for the cores that are measured. Its peers have the same eighteen tools with the same records in memory, do none of that, and speak to 2025-era clients only.',
      'Behind node:http this service runs as its peers do. On the local Functions host every request passes through that host and the HTTP server of the Functions library; the empty function, which sends our answers without looking at the request, shows what that alone costs. The bare server does the same without a host.',
    ],
    tables: operations.map(table),
    aims: [names.ours, names.hosted].flatMap((own) =>
      [names.official, names.fastmcp].flatMap((peer) =>
        operations.map((operation) => against(own, peer, operation)),
      ),
    ),
  };
}

/** They are said, not hidden: under load a server may refuse a request. */
function failuresNote(loads: readonly Load[]): string {
  const sum = (of: (load: Load) => number) => loads.reduce((total, load) => total + of(load), 0);
  const answered = sum(({ answered: count }) => count);
  return `${answered.toLocaleString('en-US')} requests were answered, ${sum(failed)} failed.`;
}
