import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { FixtureArguments } from './server.ts';

export interface FixtureProcess {
  readonly port: number;
  stop(): Promise<void>;
}

const launcher = fileURLToPath(new URL('../../scripts/launch.cjs', import.meta.url));

/** Starts a process that serves the fixture; it ends with this one, whatever happens. */
export async function startFixture(args: FixtureArguments): Promise<FixtureProcess> {
  const child = fork(launcher, ['tests/conformance/server.ts', JSON.stringify(args)], {
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const [report] = await Promise.race([once(child, 'message'), once(child, 'exit')]);
  if (typeof report?.port !== 'number') throw new Error('The fixture could not start.');
  return { port: report.port, stop: () => stop(child) };
}

async function stop(child: ChildProcess): Promise<void> {
  const exited = once(child, 'exit');
  child.kill();
  await exited;
}
