import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { dotnetSettings } from '../../lib/dotnet.ts';
import { projectDir } from '../../lib/project-dir.ts';

const run = promisify(execFile);

/** The project that names the package, and nothing else; its lock file has the digest. */
const project = path.join(projectDir, 'scripts/infra/compiler/bicep.csproj');
const cache = path.join(projectDir, '.local/bicep');
const program = path.join(cache, 'packages/azure.bicep.commandline.linux-x64/0.49.2/tools/bicep');

/** What was looked for on this machine and is not there. */
export interface Missing {
  readonly missing: string;
}

/**
 * The Bicep compiler, restored from NuGet into `.local/bicep` when it is not there yet.
 * @param given path of another one
 * @throws Error when NuGet cannot restore the package as its lock file says
 */
export async function findCompiler(given: string | undefined): Promise<string | Missing> {
  if (given !== undefined) {
    return existsSync(given) ? given : { missing: `There is no compiler at ${given}.` };
  }
  if (existsSync(program)) {
    return program;
  }
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    return { missing: 'The pinned compiler is for Linux on x64; name another one with --bicep PATH.' };
  }
  return (await restore()) ? program : { missing: '.NET is missing ("dotnet" is not on the PATH).' };
}

/** @returns false where there is no .NET */
async function restore(): Promise<boolean> {
  const places = ['--packages', `${cache}/packages`, `-p:BaseIntermediateOutputPath=${cache}/obj/`];
  const env = { ...process.env, ...dotnetSettings };
  try {
    await run('dotnet', ['restore', project, '--locked-mode', ...places], { env });
    return true;
  } catch (error) {
    const { code, stdout = '' } = error as { code?: unknown; stdout?: string };
    if (code === 'ENOENT') {
      return false;
    }
    throw new Error(`${stdout.trim()}\nNuGet could not restore the Bicep compiler; its lines above say why.`);
  }
}
