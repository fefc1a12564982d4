import { type ChildProcess, fork } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { endedBy, endOf, nextMessage, tell } from '../../scripts/lib/child-process.ts';

/** The account that every Azurite has; published by Microsoft, so it is no secret. */
export const azuriteAccount = {
  name: 'devstoreaccount1',
  key: 'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==',
};

const childModule = fileURLToPath(new URL('./azurite-child.cjs', import.meta.url));
const stopMilliseconds = 5_000;

export interface AzuriteOptions {
  /** Where the data is kept between runs; created when missing. Without it, data is in memory and gone at the end. */
  readonly dir?: string;
  /** 0 takes a free port. */
  readonly port: number;
  /** What to begin with where there is no data yet: a file that another one has written with `keep`. */
  readonly copyOf?: string | undefined;
  /** Gives the start up, and ends what it began. */
  readonly signal?: AbortSignal;
}

export interface Azurite {
  readonly connectionString: string;
  readonly port: number;
  readonly pid: number;
  /** Settles when the process is gone, whatever the reason. */
  readonly exited: Promise<unknown>;
  /** Writes all that it has into a file. @throws Error when that cannot be written */
  keep(file: string): Promise<void>;
  /** Saves, ends the process and waits until it is gone. */
  stop(): Promise<void>;
}

/** What the child says once it listens, or when it cannot. */
type Report = { readonly port: number } | { readonly code?: string; readonly message: string };

/** Connection string of an Azurite table service on this machine. */
export function azuriteConnectionString(port: number): string {
  const { name, key } = azuriteAccount;
  return `DefaultEndpointsProtocol=http;AccountName=${name};AccountKey=${key};TableEndpoint=http://127.0.0.1:${port}/${name};`;
}

/**
 * Starts Azurite's table service on loopback and waits until it answers.
 *
 * With `dir`, data reaches the disk every half minute and when Azurite ends in order (`stop`, or the end of this
 * process, even by kill -9): the file is written beside the old one and then renamed, so it is never half written. Only
 * killing Azurite itself, or losing power, can lose the last half minute.
 * @throws Error with one sentence when the port is taken or Azurite cannot start
 */
export async function startAzurite({ dir, port, copyOf, signal }: AzuriteOptions): Promise<Azurite> {
  if (dir !== undefined) {
    await mkdir(dir, { recursive: true });
  }
  signal?.throwIfAborted();
  const child = fork(childModule, [JSON.stringify({ dir, port, copyOf })], {
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const exited = endOf(child);
  const report = await endedBy(signal, child, nextMessage<Report>(child, exited));
  if (report === undefined || !('port' in report)) {
    throw new Error(report?.code === 'EADDRINUSE' ? portTaken(port) : cannotStart(report?.message));
  }
  return {
    connectionString: azuriteConnectionString(report.port),
    port: report.port,
    pid: child.pid ?? 0,
    exited,
    keep: (file) => keep(child, exited, file),
    stop: () => stop(child, exited),
  };
}

function portTaken(port: number): string {
  return `Port ${port} on 127.0.0.1 is taken, probably by another Azurite: stop that one, use it by setting DATA_STORAGE, or choose another port.`;
}

function cannotStart(reason = 'it ended without saying why'): string {
  return `Azurite could not start: ${reason}.`;
}

async function keep(child: ChildProcess, exited: Promise<unknown>, file: string): Promise<void> {
  const answer = nextMessage<{ kept: boolean; message?: string }>(child, exited);
  tell(child, { keep: file });
  const { kept = false, message = 'it has ended' } = (await answer) ?? {};
  if (!kept) {
    throw new Error(`Azurite could not write ${file}: ${message}.`);
  }
}

async function stop(child: ChildProcess, exited: Promise<unknown>): Promise<void> {
  if (child.connected) {
    tell(child, 'shutdown');
  }
  const impatience = setTimeout(() => child.kill('SIGKILL'), stopMilliseconds);
  await exited;
  clearTimeout(impatience);
}
