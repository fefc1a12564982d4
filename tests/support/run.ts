import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { projectDir } from '../../local/build/compile.ts';

export interface Ended {
  readonly code: number | null;
  /** Standard output and standard error, as they came. */
  readonly output: string;
}

/** Runs Node with these arguments to its end. */
export async function runNode(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>> = {},
  cwd = projectDir,
): Promise<Ended> {
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
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      output += chunk;
    });
  }
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, output };
}

/** Runs one of the project's TypeScript entry points, as its npm scripts do. */
export function runEntry(
  entry: string,
  args: readonly string[] = [],
  env: Readonly<Record<string, string | undefined>> = {},
) {
  return runNode([path.join(projectDir, 'local/launch.cjs'), entry, ...args], env);
}
