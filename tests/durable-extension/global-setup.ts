import type { TestProject } from 'vitest/node';
import { startAzurite } from '../../emulators/stack/azurite.ts';
import { buildProgram, hasDotnet } from '../support/dotnet.ts';
import type {} from '../support/vitest-global-azurite.ts';
import { startWholeAzurite } from './azurite.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The program that runs the Durable extension; undefined where there is no .NET. */
    durableExtension: string | undefined;
    /** Connection string of the Azurite of the extension, with all services. */
    extensionStorage: string;
  }
}

/** `DURABLE_EXTENSION=off` leaves the extension out where there is .NET. */
const isWanted = hasDotnet && process.env.DURABLE_EXTENSION !== 'off';

/** Builds the extension's host, and starts an Azurite for each engine; returns what ends both. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const [tables, azurite, program] = await Promise.all([
    startAzurite({ port: 0 }),
    startWholeAzurite(),
    isWanted ? buildProgram('tests/durable-extension/host/DurableExtension.csproj') : undefined,
  ]);
  project.provide('dataStorage', tables.connectionString);
  project.provide('extensionStorage', azurite.connectionString);
  project.provide('durableExtension', program);
  return async () => {
    await Promise.all([tables.stop(), azurite.stop()]);
  };
}
