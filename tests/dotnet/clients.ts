import { spawn, spawnSync } from 'node:child_process';
import path from 'node:path';
import { projectDir } from '../../scripts/lib/project-dir.ts';
import { runClientProgram } from '../support/client-program.ts';
import type { NewClient } from '../support/new-client.ts';
import { endOf } from '../support/run.ts';

/** Whether what is in C# can be built here: it wants the SDK of .NET 10. */
export const hasDotnet = /^10\./m.test(
  spawnSync('dotnet', ['--list-sdks'], { encoding: 'utf8', timeout: 60_000 }).stdout ?? '',
);

const project = path.join(projectDir, 'tests/dotnet/Clients.csproj');
const artifacts = path.join(projectDir, '.local/dotnet');
const program = path.join(artifacts, 'bin/Clients/release/Clients.dll');

/** Builds the clients, with the packages that their lock file names and no others. @throws Error when that fails */
export async function buildClients(): Promise<void> {
  const args = ['build', project, '-c', 'Release', '--artifacts-path', artifacts, '--nologo'];
  // nothing is left running
  const child = spawn('dotnet', [...args, '--disable-build-servers', '-p:RestoreLockedMode=true'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const { code, output } = await endOf(child);
  if (code !== 0) {
    throw new Error(`The clients in C# cannot be built:\n${output}`);
  }
}

/**
 * Runs one of the clients, with a person who signs in whenever it asks for that.
 * @returns what it has seen
 */
export function runClient(
  asked: readonly [what: string, address: string, document?: string],
  person: NewClient,
): Promise<unknown> {
  const args = asked.filter((arg) => arg !== undefined);
  return runClientProgram(['dotnet', program, ...args], person);
}
