import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { endedBy, endOf, nextMessage } from '../../scripts/lib/child-process.ts';
import { projectDir } from '../../scripts/lib/project-dir.ts';

export interface HostProcessOptions {
  /** 0 takes a free port. */
  readonly port?: number;
  /** The function app; the project itself by default. */
  readonly dir?: string;
  /** The program, from the project's folder; the local host by default. Another one takes the same options. */
  readonly entry?: string;
  /** Further options of the host's command line. */
  readonly options?: readonly string[];
  /** Laid over this process's environment; undefined removes a name. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Gets each line the host prints, standard output and standard error. */
  readonly onLine?: (line: string) => void;
  /** Gives the start up, and ends what it began. */
  readonly signal?: AbortSignal;
}

/** A Functions host in a process of its own, as `func` would be. */
export interface HostProcess {
  readonly origin: string;
  readonly port: number;
  readonly pid: number;
  /** What it has printed so far. */
  readonly lines: readonly string[];
  /** Resolves when the process is gone, with its exit code (null after a signal). */
  readonly ended: Promise<number | null>;
  /** Asks it to end (SIGTERM) and waits until it has. */
  stop(): Promise<void>;
  /** Ends it without warning (SIGKILL), as a crash does. */
  kill(): Promise<void>;
}

/** The host did not start; the message is what it said. */
export class HostProcessError extends Error {
  override readonly name = 'HostProcessError';
}

/** Milliseconds that a host gets to end by itself before it is killed; its own grace period is 5 s. */
const stopTimeoutMs = 10_000;

export async function startHostProcess(asked: HostProcessOptions = {}): Promise<HostProcess> {
  const { entry = 'emulators/host/cli.ts', port = 0, dir = projectDir } = asked;
  const { options = [], env = {}, onLine = () => {}, signal } = asked;
  signal?.throwIfAborted();
  const child = spawn(
    process.execPath,
    [
      path.join(projectDir, 'scripts/launch.cjs'),
      entry,
      ...['--port', String(port)],
      ...['--script-root', dir],
      ...options,
    ],
    { cwd: dir, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] },
  );
  const lines: string[] = [];
  const ended = endOf(child);
  for (const stream of [child.stdout, child.stderr]) {
    if (stream === null) {
      continue;
    }
    createInterface({ input: stream }).on('line', (line) => {
      lines.push(line);
      onLine(line);
    });
  }
  // The host reports its port over the channel that Node opens between parent and child.
  const listening = await endedBy(
    signal,
    child,
    nextMessage<Ready>(child, ended, ({ type }) => type === 'ready'),
  );
  if (listening === undefined) {
    throw new HostProcessError(lines.join('\n'));
  }
  return {
    origin: `http://127.0.0.1:${listening.port}`,
    port: listening.port,
    pid: child.pid ?? 0,
    lines,
    ended,
    stop: () => end(child, ended, 'SIGTERM'),
    kill: () => end(child, ended, 'SIGKILL'),
  };
}

/** What the host says once it serves. */
interface Ready {
  readonly type: 'ready';
  readonly port: number;
}

async function end(child: ChildProcess, ended: Promise<unknown>, signal: NodeJS.Signals): Promise<void> {
  child.kill(signal);
  const timer = setTimeout(() => child.kill('SIGKILL'), stopTimeoutMs);
  await ended;
  clearTimeout(timer);
}
