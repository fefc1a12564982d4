import type { TestProject } from 'vitest/node';
import { buildProgram, hasDotnet } from '../support/dotnet.ts';
import type {} from '../support/vitest-global-azurite.ts';
import { startWholeAzurite } from './azurite.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The program that runs the Durable extension; undefined where there is no .NET. */
    durableExtension: string | undefined;
  }
}

/** `DURABLE_EXTENSION=off` leaves the extension out where there is .NET. */
const isWanted = hasDotnet && process.env.DURABLE_EXTENSION !== 'off';

/** Builds the extension's host, and starts the Azurite that both engines share; returns what ends it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const [azurite, program] = await Promise.all([
    startWholeAzurite(),
    isWanted ? buildProgram('tests/durable-extension/host/DurableExtension.csproj') : undefined,
  ]);
  project.provide('dataStorage', azurite.connectionString);
  project.provide('durableExtension', program);
  return azurite.stop;
}
