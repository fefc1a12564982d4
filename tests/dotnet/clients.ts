import { runClientProgram } from '../support/client-program.ts';
import { buildProgram } from '../support/dotnet.ts';
import type { NewClient } from '../support/new-client.ts';

let program: string | undefined;

/** @throws Error with what the build said when it fails */
export async function buildClients(): Promise<void> {
  program = await buildProgram('tests/dotnet/Clients.csproj');
}

/**
 * Runs one of the clients, with a person who signs in whenever it asks for that.
 * @returns what it has seen
 */
export function runClient(
  asked: readonly [what: string, address: string, document?: string],
  person: NewClient,
): Promise<unknown> {
  if (program === undefined) {
    throw new Error('The clients in C# are not built.');
  }
  const args = asked.filter((arg) => arg !== undefined);
  return runClientProgram(['dotnet', program, ...args], person);
}
