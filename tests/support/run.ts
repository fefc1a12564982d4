import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { projectDir } from '../../scripts/lib/project-dir.ts';

export interface Ended {
  readonly code: number | null;
  /** Standard output and standard error, as they came. */
  readonly output: string;
  /** Standard error alone. */
  readonly errors: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Runs Node with these arguments to its end. */
export function runNode(args: readonly string[], env: Environment = {}, cwd = projectDir): Promise<Ended> {
  return endOf(
    spawn(process.execPath, [...args], {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    }),
  );
}

/** Collects what a process prints until it ends. */
export async function endOf(child: ChildProcessByStdio<null, Readable, Readable>): Promise<Ended> {
  let output = '';
  let errors = '';
  child.stdout.on('data', (chunk) => {
    output += chunk;
  });
  child.stderr.on('data', (chunk) => {
    output += chunk;
    errors += chunk;
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, output, errors };
}

/** Runs one of the project's TypeScript entry points, as its npm scripts do. */
export function runEntry(entry: string, args: readonly string[] = [], env: Environment = {}) {
  return runNode([path.join(projectDir, 'scripts/launch.cjs'), entry, ...args], env);
}

/** Runs `npm run SCRIPT -- …args`. A test that does it this way is what `tests/docs` looks for. */
export function npmRun(script: string, args: readonly string[] = [], env: Environment = {}): Promise<Ended> {
  // npm is a command script on Windows, which Node starts only through a shell
  const [program, ...first] = process.platform === 'win32' ? ['cmd', '/c', 'npm'] : ['npm'];
  return endOf(
    spawn(program ?? 'npm', [...first, 'run', '-s', script, '--', ...args], {
      cwd: projectDir,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    }),
  );
}
