import path from 'node:path';
import { Running } from '../../emulators/stack/running.ts';
import { makePackage } from '../../scripts/package/package.ts';
import { type Child, startChild } from '../load/child.ts';
import { MemoryWatch, residentMemory } from '../load/memory.ts';
import { type Arrival, followProgress } from '../load/progress-stream.ts';
import { stepTimes } from '../load/step-times.ts';
import type { BenchOptions } from '../options.ts';
import type { Part } from '../report/results.ts';
import { callTool, listTools, resultOf } from '../subjects/messages.ts';
import { scratchDir, toPlainNode } from '../subjects/plain-node.ts';
import { startWorld, type World } from '../subjects/world.ts';
import { type Observed, type Run, reportStreams } from './streams-report.ts';

const tool = 'trouble_shoot_device';
/** Jobs that one user may run at a time; the streams are shared out among as many users as that takes. */
const jobsPerUser = 50;

/** V8 collects garbage late when memory is plenty: as Node chooses, and with a limit for its young and for its old objects. */
const heaps = [
  { name: 'as Node chooses', options: [] },
  { name: 'semi-spaces of 8 MiB', options: ['--max-semi-space-size=8'] },
  { name: '128 MiB', options: ['--max-old-space-size=128'] },
] as const;

/** Many diagnoses at once, each followed on a stream: how late progress comes, and what it takes. */
export async function measureStreams({ quick, progress }: BenchOptions): Promise<Part> {
  const streams = quick ? 10 : 200;
  const app = await makePackage(path.join(scratchDir, 'package'));
  const [script = ''] = await toPlainNode(['bench/peers/host-with-jobs.ts']);
  const runs: Run[] = [];
  for (const { name, options } of heaps) {
    progress(`${streams} concurrent diagnoses, heap: ${name}`);
    const observed = await observe(streams, [...options, script, app.dir], quick ? 9 : 45);
    if (observed === undefined) {
      return skipped(`The packaged service does not serve ${tool}.`);
    }
    runs.push({ name, observed });
  }
  return reportStreams(tool, streams, runs);
}

/** @returns undefined when the tool is not served */
async function observe(
  streams: number,
  args: readonly string[],
  seconds: number,
): Promise<Observed | undefined> {
  const running = new Running();
  try {
    const world = await startWorld();
    running.add(world.stop);
    const jobs = { JOBS_PER_USER: String(jobsPerUser), TROUBLESHOOT_SECONDS: String(seconds) };
    const host = await startChild({ args, env: { ...world.verifying, ...jobs } });
    running.add(host.stop);
    return (await isServed(host, world)) ? await follow(streams, host, world) : undefined;
  } finally {
    await running.stop();
  }
}

async function isServed(host: Child, world: World): Promise<boolean> {
  const { headers, body } = listTools('2026-07-28');
  const authorization = await world.authorizationOf(0);
  const response = await fetch(`${host.origin}/agentic/mcp`, {
    method: 'POST',
    headers: { ...headers, ...authorization },
    body,
  });
  if (!response.ok) {
    return false;
  }
  const { tools } = resultOf(await response.text()) as { tools: { name: string }[] };
  return tools.some(({ name }) => name === tool);
}

async function follow(streams: number, host: Child, world: World): Promise<Observed> {
  const before = await residentMemory(host.pid);
  const memory = new MemoryWatch(host.pid);
  const start = performance.now();
  const followed = await Promise.all(
    Array.from({ length: streams }, async (_, index) => {
      const device = `device-${index}`;
      const args = { detail: 'The line is slow.', device_name: device };
      const message = callTool('2026-07-28', tool, args, { progressToken: device });
      const authorization = await world.authorizationOf(Math.floor(index / jobsPerUser));
      return [device, await followProgress(`${host.origin}/agentic/mcp`, message, authorization)] as const;
    }),
  );
  const seconds = (performance.now() - start) / 1_000;
  const peak = memory.stop();
  const times = await stepTimes(host.origin);
  const delays = followed.flatMap(([device, arrivals]) => delaysOf(arrivals, times.get(device) ?? []));
  if (delays.length === 0) {
    throw new Error('No notification could be matched with a step.');
  }
  return {
    delays,
    notifications: followed.map(([, arrivals]) => arrivals.length),
    before,
    peak,
    seconds,
  };
}

/** A step is reported as `Step 3 of 9: …` when it begins. */
function delaysOf(arrivals: readonly Arrival[], steps: readonly number[]): number[] {
  return arrivals.flatMap(({ at, message }) => {
    const step = Number(/^Step (\d+) of/.exec(message)?.[1] ?? Number.NaN);
    const began = steps[step - 1];
    return began === undefined ? [] : [at - began];
  });
}

function skipped(reason: string): Part {
  return { title: 'Concurrent diagnoses', notes: [], tables: [], aims: [], skipped: reason };
}
