import {
  type HostProcess as Process,
  startHostProcess as start,
} from '../../emulators/stack/host-process.ts';
import { type Ended, runEntry } from './run.ts';

export interface HostProcessOptions {
  /** More command-line options for the host, for example `--strict`. */
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** The program, from the project's folder; the local host by default. */
  readonly entry?: string;
  /** Gives the start up, and ends what it began. */
  readonly signal?: AbortSignal;
}

/** A functions host in a process of its own. */
export interface HostProcess {
  /** Without a trailing slash. */
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  /** Everything that it wrote so far. */
  output(): string;
  /** Resolves when the output matches; rejects when the process ends before it does. */
  waitForOutput(pattern: RegExp): Promise<RegExpExecArray>;
  /** Asks it to end, and resolves with its exit code. */
  stop(): Promise<number | null>;
  /** Ends it the way a crash does: nothing is cleaned up. */
  kill9(): Promise<void>;
}

/** Starts the host for the app in `dir` on a free port, and resolves when it serves. Rejects with its output when it does not start. */
export async function startHostProcess(dir: string, options: HostProcessOptions = {}): Promise<HostProcess> {
  const watchers = new Set<() => void>();
  const host = await start({
    dir,
    ...(options.entry !== undefined && { entry: options.entry }),
    ...(options.signal !== undefined && { signal: options.signal }),
    options: options.args ?? [],
    env: { ...withoutTestRunner(), ...options.env },
    onLine: () => {
      for (const watcher of watchers) {
        watcher();
      }
    },
  });
  return {
    url: host.origin,
    port: host.port,
    pid: host.pid,
    output: () => textOf(host),
    waitForOutput: (pattern) => waitFor(pattern, host, watchers),
    async stop() {
      await host.stop();
      return await host.ended;
    },
    kill9: host.kill,
  };
}

/** Runs the host for an app, or with options, with which it cannot start; resolves when it has ended by itself. */
export function runHostToExit(dir: string, { args = [], env = {} }: HostProcessOptions = {}): Promise<Ended> {
  return runEntry('emulators/host/cli.ts', ['--dir', dir, '--port', '0', ...args], {
    ...withoutTestRunner(),
    ...env,
  });
}

/** What the test runner itself set must not reach the app under test. */
function withoutTestRunner(): Record<string, undefined> {
  const names = Object.keys(process.env).filter((name) =>
    /^(?:VITEST|NODE_ENV$|NODE_OPTIONS$|TEST$)/.test(name),
  );
  return Object.fromEntries(names.map((name) => [name, undefined]));
}

const textOf = ({ lines }: Process) => `${lines.join('\n')}\n`;

function waitFor(pattern: RegExp, host: Process, watchers: Set<() => void>): Promise<RegExpExecArray> {
  return new Promise((resolve, reject) => {
    const check = () => {
      const match = pattern.exec(textOf(host));
      if (match === null) {
        return;
      }
      watchers.delete(check);
      resolve(match);
    };
    watchers.add(check);
    void host.ended.then(() =>
      reject(new Error(`The host ended before ${pattern} was seen:\n${textOf(host)}`)),
    );
    check();
  });
}
