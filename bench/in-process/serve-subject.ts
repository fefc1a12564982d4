import { Session } from 'node:inspector/promises';
import { PerformanceObserver } from 'node:perf_hooks';
import { setImmediate, setTimeout } from 'node:timers/promises';
import { announce } from '../peers/serve.ts';
import type { Fetch } from '../peers/usual-way.ts';
import type { Job, Profile, Window } from './job.ts';

/** Requests between two looks at the clock and at sockets. */
const batch = 10;

/** Audit entries are written in batches, a quarter of a second apart at most; they belong to what a call costs. */
const settleMilliseconds = 350;

let collections = 0;
new PerformanceObserver((list) => {
  collections += list.getEntries().length;
}).observe({ entryTypes: ['gc'] });

/** Takes jobs from the parent process, one after the other, and does them at an endpoint of this process. */
export function serveSubject(fetch: Fetch): void {
  process.on('message', (job: Job) => {
    run(fetch, job).then(
      (window) => process.send?.(window),
      (error: unknown) => process.send?.({ error: String(error) }),
    );
  });
  announce(0);
}

async function run(fetch: Fetch, { headers, body, until, settles, profiled }: Job): Promise<Window> {
  const init = { method: 'POST', headers, body };
  // there when the process was started so that garbage can be collected by hand
  globalThis.gc?.();
  // so that the collection by hand is counted before the window, not in it
  await setTimeout(20);
  const profiler = profiled ? await startProfiler() : undefined;
  collections = 0;
  const heap = allocated();
  const cpu = process.cpuUsage();
  const start = performance.now();
  let requests = 0;
  let answer = '';
  do {
    for (let i = 0; i < batch; i += 1) {
      answer = await (await fetch(new Request('http://localhost/mcp', init))).text();
    }
    requests += batch;
    // Answers need no I/O, so without a pause sockets and timers would never be served.
    await setImmediate();
  } while (!isDone());
  const wall = (performance.now() - start) * 1_000;
  if (settles) {
    await setTimeout(settleMilliseconds);
  }
  return {
    requests,
    cpu: spent(),
    wall,
    allocated: allocated() - heap,
    collections,
    answer,
    profile: await profiler?.stop(),
  };

  function spent(): number {
    const { user, system } = process.cpuUsage(cpu);
    return user + system;
  }

  function isDone(): boolean {
    return 'requests' in until ? requests >= until.requests : spent() >= until.cpuMilliseconds * 1_000;
  }
}

function allocated(): number {
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

async function startProfiler(): Promise<{ stop(): Promise<Profile> }> {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.start');
  return {
    async stop() {
      const { profile } = await session.post('Profiler.stop');
      session.disconnect();
      return profile;
    },
  };
}
