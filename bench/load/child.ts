import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { endOf, nextMessage } from '../../scripts/lib/child-process.ts';
import { projectDir } from '../../scripts/lib/project-dir.ts';

/** A process of ours that serves or works, connected by a channel for messages. */
export interface Child {
  readonly process: ChildProcess;
  readonly pid: number;
  /** Address, when it announced a port. */
  readonly origin: string;
  /** Resolves when it is gone. */
  readonly ended: Promise<unknown>;
  /** Ends it and waits until it is gone. */
  stop(): Promise<void>;
}

export interface ChildOptions {
  /** Command line after `node`. */
  readonly args: readonly string[];
  /** Laid over this process's environment. */
  readonly env?: Readonly<Record<string, string>>;
}

/** The command line of a TypeScript entry point. */
export function entry(file: string, ...args: readonly string[]): readonly string[] {
  return [path.join(projectDir, 'scripts/launch.cjs'), file, ...args];
}

/**
 * Starts a process and waits for `{ type: 'ready', port }`.
 * @throws Error with what it printed when it ends before
 */
export async function startChild({ args, env = {} }: ChildOptions): Promise<Child> {
  const child = spawn(process.execPath, [...args], {
    cwd: projectDir,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let printed = '';
  child.stderr?.on('data', (chunk) => {
    printed = `${printed}${chunk}`.slice(-4_000);
  });
  const ended = endOf(child);
  const ready = await nextMessage<{ type?: string; port?: number }>(child, ended);
  if (ready?.type !== 'ready') {
    throw new Error(`${args.join(' ')} did not start:\n${printed}`);
  }
  return {
    process: child,
    pid: child.pid ?? 0,
    origin: `http://127.0.0.1:${ready.port}`,
    ended,
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}
