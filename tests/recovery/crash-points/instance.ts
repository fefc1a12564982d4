import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { endOf, nextMessage } from '#scripts/lib/child-process';
import { projectDir } from '#scripts/lib/project-dir';
import type { Assembled } from './assemble.ts';
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
  /** Ends it without warning. */
  kill(): Promise<void>;
}

export interface InstanceOptions {
  readonly product: Assembled;
  /** The app alone, or the functions of a host with its engine. */
  readonly door: 'app' | 'host';
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
  const told = JSON.stringify(orders);
  const host = ['scripts/launch.cjs', 'tests/recovery/crash-points/host-instance.ts'];
  const program =
    door === 'app'
      ? [product.app, told]
      : [...host.map((part) => path.join(projectDir, part)), told, product.functions];
  const child = spawn(process.execPath, program, {
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
    async kill() {
      isAsked = true;
      child.kill('SIGKILL');
      await ended;
    },
  };
}
