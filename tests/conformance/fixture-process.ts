import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { endOf, nextMessage } from '../../scripts/lib/child-process.ts';
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
  const ended = endOf(child);
  const report = await nextMessage<{ port?: number }>(child, ended);
  if (typeof report?.port !== 'number') {
    throw new Error('The fixture could not start.');
  }
  return {
    port: report.port,
    async stop() {
      child.kill();
      await ended;
    },
  };
}
