import { setTimeout as wait } from 'node:timers/promises';
import { Running } from '#emulators/stack/running';
import { toPlainNode } from '../../subjects/plain-node.ts';
import { type Child, startChild } from '../child.ts';
import { type Surroundings, startSurroundings } from './surroundings.ts';
import { type Ended, pay } from './visitor.ts';
import { nextVisit, oneOf } from './visits.ts';
import { type Sample, sampleOf } from './watch.ts';

export interface SoakOptions {
  /** Folder of the function app. */
  readonly dir: string;
  readonly seconds: number;
  /** Who visit at the same time. */
  readonly visitors?: number;
  /** Milliseconds between two visits of one of them; 0 keeps the machine busy. */
  readonly pauseMs?: number;
  readonly progress?: (what: string) => void;
}

/** What was seen. */
export interface Soaked {
  readonly visits: readonly Ended[];
  readonly samples: readonly Sample[];
  /** Before the first visit, and when all was over and quiet. */
  readonly handles: { readonly before: number | undefined; readonly after: number | undefined };
  /** Requests to storage that something happened to. */
  readonly faults: number;
  /** Whether `/health/live` answered every time it was asked. */
  readonly alive: boolean;
}

const usersPerTenant = 8;
/** Seconds between two looks at the process, and two turns of the faults. */
const sampleEvery = 1;
const faultsEvery = 5;
/** How many times as long as asked for it goes on at most. */
const longest = 5;
/** Seconds in which idle connections are closed, and what was begun comes to its end. */
const quiet = 8;

/**
 * Mixed tenants, users, eras, tools, changes, questions and jobs, while storage fails now and then. At the end storage is
 * well, so that what was begun under a key has to be answered.
 */
export async function soak({
  dir,
  seconds,
  visitors = 16,
  pauseMs = 0,
  progress = () => {},
}: SoakOptions): Promise<Soaked> {
  const running = new Running();
  try {
    const around = await startSurroundings();
    running.add(around.stop);
    const [script = ''] = await toPlainNode(['bench/peers/host-with-jobs.ts']);
    const host = await startChild({ args: [script, dir], env: around.env });
    running.add(host.stop);
    return await visited(host, around, { seconds, visitors, pauseMs, progress });
  } finally {
    await running.stop();
  }
}

async function visited(
  host: Child,
  around: Surroundings,
  { seconds, visitors, pauseMs, progress }: Required<Omit<SoakOptions, 'dir'>>,
): Promise<Soaked> {
  const begun = performance.now();
  const since = () => (performance.now() - begun) / 1_000;
  // on a machine that hardly gets to it, until storage has been in trouble
  const goesOn = () => since() < seconds || (around.faults() === 0 && since() < longest * seconds);
  const before = (await sampleOf(host.pid, 0)).handles;
  const samples: Sample[] = [];
  let alive = true;
  const isOver = new AbortController();
  const watching = (async () => {
    for (let turn = 0; !isOver.signal.aborted; turn += 1) {
      samples.push(await sampleOf(host.pid, since()));
      alive &&= await isAlive(host);
      around.setFaults(goesOn() && Math.floor(since() / faultsEvery) % 2 === 1);
      if (turn % 60 === 59) {
        progress(`${Math.round(since())} of ${seconds} s, ${Math.round(samples.at(-1)?.resident ?? 0)} MiB`);
      }
      await wait(sampleEvery * 1_000);
    }
  })();
  const visits: Ended[] = [];
  await Promise.all(
    Array.from({ length: visitors }, async (_, visitor) => {
      for (let first: number | undefined = visitor; goesOn(); first = undefined) {
        const tenant = oneOf(around.tenants);
        const authorization = await tenant.authorizationOf(Math.floor(Math.random() * usersPerTenant));
        visits.push(await pay(host.origin, nextVisit(tenant, first), authorization));
        await wait(pauseMs);
      }
    }),
  );
  isOver.abort();
  await watching;
  around.setFaults(false);
  await wait(quiet * 1_000);
  const after = (await sampleOf(host.pid, since())).handles;
  return { visits, samples, handles: { before, after }, faults: around.faults(), alive };
}

async function isAlive({ origin }: Child): Promise<boolean> {
  return await fetch(`${origin}/health/live`).then(
    async (response) => {
      await response.arrayBuffer();
      return response.ok;
    },
    () => false,
  );
}
