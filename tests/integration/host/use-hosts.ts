import { afterEach } from 'vitest';
import { type HostProcess, type HostProcessOptions, startHostProcess } from '../../support/host-process.ts';
import { type AppFolder, createAppFolder } from './app-folder.ts';

/** Hosts and apps of one test, which end with it. */
export interface Hosts {
  start(dir: string, options?: HostProcessOptions): Promise<HostProcess>;
  /** @param files as for createAppFolder */
  app(files: Record<string, unknown>): AppFolder;
  /** Does something more when the test has ended, before what was begun earlier is cleaned up. */
  afterwards(task: () => unknown): void;
}

export function useHosts(): Hosts {
  const cleanUp: (() => unknown)[] = [];
  afterEach(async () => {
    for (const task of cleanUp.splice(0).reverse()) {
      await task();
    }
  });
  return {
    async start(dir, options) {
      const host = await startHostProcess(dir, options);
      cleanUp.push(() => host.stop());
      return host;
    },
    app(files) {
      const folder = createAppFolder(files);
      cleanUp.push(folder.remove);
      return folder;
    },
    afterwards(task) {
      cleanUp.push(task);
    },
  };
}

/** An entry point with one function. */
export const HELLO = `import { app } from '@azure/functions';
app.http('hello', { handler: () => ({ body: 'hello' }) });`;
