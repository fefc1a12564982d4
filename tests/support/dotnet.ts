import { spawn, spawnSync } from 'node:child_process';
import path from 'node:path';
import { dotnetSettings } from '../../scripts/lib/dotnet.ts';
import { projectDir } from '../../scripts/lib/project-dir.ts';
import { endOf } from './run.ts';

/** Whether what is in C# can be built here: it wants the SDK of .NET 10. */
export const hasDotnet = /^10\./m.test(
  spawnSync('dotnet', ['--list-sdks'], { encoding: 'utf8', timeout: 60_000 }).stdout ?? '',
);

const artifacts = path.join(projectDir, '.local/dotnet');

/**
 * Builds a program, with the packages that its lock file names and no others.
 * @param project its .csproj, from the project's folder
 * @returns what `dotnet` runs
 * @throws Error with what the build said when it fails
 */
export async function buildProgram(project: string): Promise<string> {
  const args = ['build', path.join(projectDir, project), '-c', 'Release', '--artifacts-path', artifacts];
  const quiet = ['--nologo', '--disable-build-servers', '-p:UseSharedCompilation=false'];
  const child = spawn('dotnet', [...args, ...quiet, '-p:RestoreLockedMode=true'], {
    env: { ...process.env, ...dotnetSettings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const { code, output } = await endOf(child);
  if (code !== 0) {
    throw new Error(`${project} cannot be built:\n${output}`);
  }
  const name = path.basename(project, '.csproj');
  return path.join(artifacts, 'bin', name, 'release', `${name}.dll`);
}
