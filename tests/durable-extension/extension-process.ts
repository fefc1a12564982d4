import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { inject } from 'vitest';
import { endOf } from '#scripts/lib/child-process';
import type {} from './global-setup.ts';

/** Whether the extension can be run here. */
export const hasExtension = () => inject('durableExtension') !== undefined;

/** The Durable extension in its own process, beside the one with the functions. */
export interface ExtensionProcess {
  readonly pid: number | undefined;
  /** What it has printed so far; an entry of its log is a line. */
  readonly lines: readonly string[];
  /** Resolves when it is gone. */
  readonly ended: Promise<unknown>;
  /** Ends it the way a crash does. */
  kill9(): Promise<void>;
}

/**
 * @param bridgePort where it reaches the functions
 * @param site the app's name: its instances have the same one, and the lease of the task hub goes by it
 */
export function startExtension(bridgePort: number, site: string): ExtensionProcess {
  const child = spawn('dotnet', [inject('durableExtension') ?? ''], {
    env: {
      ...process.env,
      BRIDGE_URL: `http://127.0.0.1:${bridgePort}/`,
      AzureWebJobsStorage: inject('extensionStorage'),
      // the extension then speaks the protocol for languages outside of .NET
      FUNCTIONS_WORKER_RUNTIME: 'node',
      WEBSITE_SITE_NAME: site,
    },
    // it ends with its standard input
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => lines.push(line));
  }
  const ended = endOf(child);
  return {
    pid: child.pid,
    lines,
    ended,
    async kill9() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
