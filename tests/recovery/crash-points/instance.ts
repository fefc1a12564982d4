import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { endOf, nextMessage, tell } from '#scripts/lib/child-process';
import { projectDir } from '#scripts/lib/project-dir';
import type { Assembled, Door } from './assemble.ts';
import { type Orders, type Passed, passed } from './point.ts';

/** A process of the product. */
export interface Instance {
  readonly origin: string;
  /** The points that it has passed, in their order, when it was told to list them. */
  readonly points: readonly Passed[];
  /** Resolves with whether it died at its point: not when it ended in another way. */
  readonly died: Promise<boolean>;
  /** Whether it dies at its point within so many milliseconds. */
  diesWithin(milliseconds: number): Promise<boolean>;
  /** Has kept what it has read of its scripts, for those that start later. */
  keep(): Promise<void>;
  /** Ends it without warning. */
  kill(): Promise<void>;
}

export interface InstanceOptions {
  readonly product: Assembled;
  readonly door: Door;
  readonly orders: Orders;
  readonly env: Readonly<Record<string, string>>;
}

const alive = new Set<ChildProcess>();

/** Ends what an error has left behind. */
export function endInstances(): void {
  for (const child of alive) {
    child.kill('SIGKILL');
  }
}

/** @throws Error with what it said when it does not start */
export async function startInstance({ product, door, orders, env }: InstanceOptions): Promise<Instance> {
  const [script, ...more] = product.doors[door];
  const child = spawn(process.execPath, [product.runner, script, JSON.stringify(orders), ...more], {
    cwd: projectDir,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const points: Passed[] = [];
  const said: string[] = [];
  const listen = (line: string) => {
    if (line.startsWith(passed)) {
      points.push(JSON.parse(line.slice(passed.length)) as Passed);
    } else {
      said.push(line);
    }
  };
  for (const stream of [child.stdout, child.stderr]) {
    if (stream !== null) {
      createInterface({ input: stream }).on('line', listen);
    }
  }
  alive.add(child);
  const ended = endOf(child).finally(() => alive.delete(child));
  let isAsked = false;
  const died = ended.then(() => !isAsked && child.signalCode === 'SIGKILL');
  const ready = await nextMessage<{ type: string; port: number }>(
    child,
    ended,
    ({ type }) => type === 'ready',
  );
  if (ready === undefined) {
    throw new Error(`A process did not start:\n${said.join('\n')}`);
  }
  return {
    origin: `http://127.0.0.1:${ready.port}`,
    points,
    died,
    diesWithin: (milliseconds) => Promise.race([died, wait(milliseconds, false, { ref: false })]),
    async keep() {
      const kept = nextMessage(child, ended, (message) => message === 'kept');
      tell(child, 'keep');
      await kept;
    },
    async kill() {
      isAsked = true;
      child.kill('SIGKILL');
      await ended;
    },
  };
}
