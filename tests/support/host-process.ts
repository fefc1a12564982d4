import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

const REPOSITORY = path.resolve(import.meta.dirname, '../..');

export interface HostProcessOptions {
  /** More command-line options for the host, for example `--strict`. */
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
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

export interface HostExit {
  readonly code: number | null;
  readonly output: string;
}

/** Starts the host for the app in `dir` on a free port, and resolves when it serves. Rejects with its output when it does not start. */
export async function startHostProcess(dir: string, options: HostProcessOptions = {}): Promise<HostProcess> {
  const { child, output } = launch(dir, options);
  const exited = once(child, 'exit');
  const port = await new Promise<number>((resolve, reject) => {
    child.on('message', (message: { type?: unknown; port?: unknown }) => {
      if (message.type === 'ready') resolve(Number(message.port));
    });
    void exited.then(([code]) => reject(new Error(`The host ended with code ${code}:\n${output.text()}`)));
  });
  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill(signal);
      await exited;
    }
    return child.exitCode;
  };
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    pid: child.pid ?? 0,
    output: output.text,
    waitForOutput: output.waitFor,
    stop: () => end('SIGTERM'),
    async kill9() {
      await end('SIGKILL');
    },
  };
}

/** Runs the host for an app, or with options, with which it cannot start; resolves when it has ended by itself. */
export async function runHostToExit(dir: string, options: HostProcessOptions = {}): Promise<HostExit> {
  const { child, output } = launch(dir, options);
  const [code] = await once(child, 'close');
  return { code, output: output.text() };
}

function launch(dir: string, { args = [], env = {} }: HostProcessOptions) {
  const child = spawn(
    process.execPath,
    ['/tmp/l.cjs', 'local/host/cli.ts', '--dir', dir, '--port', '0', ...args],
    {
      cwd: REPOSITORY,
      env: { ...cleanEnvironment(), ...env },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    },
  );
  return { child, output: collect(child) };
}

/** What the test runner itself set must not reach the app under test. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(?:VITEST|NODE_ENV$|NODE_OPTIONS$|TEST$)/.test(name)),
  );
}

function collect(child: ChildProcess) {
  let text = '';
  const watchers = new Set<() => void>();
  const append = (chunk: Buffer) => {
    text += chunk.toString();
    for (const watcher of watchers) watcher();
  };
  child.stdout?.on('data', append);
  child.stderr?.on('data', append);
  return {
    text: () => text,
    waitFor: (pattern: RegExp) =>
      new Promise<RegExpExecArray>((resolve, reject) => {
        const check = () => {
          const match = pattern.exec(text);
          if (!match) return;
          watchers.delete(check);
          resolve(match);
        };
        watchers.add(check);
        child.once('close', () => reject(new Error(`The host ended before ${pattern} was seen:\n${text}`)));
        check();
      }),
  };
}
