import { businessTools } from '#contoso/tools/index';
import { Running } from '../../emulators/stack/running.ts';
import { interleave, type Subject } from '../interleave.ts';
import { cpuTime } from '../load/cpu.ts';
import type { Load } from '../load/job.ts';
import { LoadGenerator } from '../load/load.ts';
import type { BenchOptions } from '../options.ts';
import type { Part } from '../report/results.ts';
import { checkAnswer, messageFor, type Operation, operations } from '../subjects/messages.ts';
import { ask, type Contender, startContenders } from './http-contenders.ts';
import { connectionCounts, key, reportHttp, type Served } from './http-report.ts';

/** Throughput, latency and CPU time over HTTP on this machine: this service, its peers, and what a server costs at least. */
export async function measureHttp({ quick, rounds, progress }: BenchOptions): Promise<Part> {
  const running = new Running();
  try {
    const contenders = await startContenders(running);
    const generator = await LoadGenerator.start();
    running.add(() => generator.stop());
    for (const contender of quick ? [] : contenders) {
      progress(`over HTTP: ${contender.name} is warmed up`);
      await load(generator, contender, 'tools/call', Math.max(...connectionCounts), warmUpSeconds);
    }
    const seconds = quick ? 1 : 1.5;
    const subjects = contenders.flatMap((contender) => subjectsOf(contender, generator, seconds));
    const count = quick ? 1 : Math.min(rounds ?? 5, 5);
    const samples = await interleave(subjects, count, (round) =>
      progress(`over HTTP: round ${round} of ${count}`),
    );
    return reportHttp(contenders, samples);
  } finally {
    await running.stop();
  }
}

/** V8 goes on compiling for seconds what a call runs through. */
const warmUpSeconds = 5;

function load(
  generator: LoadGenerator,
  { url, era, headers }: Contender,
  operation: Operation,
  connections: number,
  seconds: number,
): Promise<Load> {
  const message = messageFor(era, operation);
  return generator.run({
    url,
    headers: { ...message.headers, ...headers },
    body: message.body,
    connections,
    seconds,
  });
}

function subjectsOf(contender: Contender, generator: LoadGenerator, seconds: number): Subject<Served>[] {
  return operations.flatMap((operation) =>
    connectionCounts.map((connections) => ({
      name: key(contender.name, operation, connections),
      async measure() {
        checkAnswer(operation, await ask(contender, operation), businessTools.length);
        const before = await cpuTime(contender.pid);
        const seen = await load(generator, contender, operation, connections, seconds);
        const cpu = (await cpuTime(contender.pid)) - before;
        return { ...seen, cpu: (cpu * 1_000) / seen.answered };
      },
    })),
  );
}
