import type { TestProject } from 'vitest/node';
import { startAzurite } from '../../emulators/stack/azurite.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Connection string of the Azurite that all tests of a run share. */
    dataStorage: string;
  }
}

/** Starts one Azurite, in memory, for the whole run; returns what ends it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const azurite = await startAzurite({ port: 0 });
  project.provide('dataStorage', azurite.connectionString);
  return azurite.stop;
}
