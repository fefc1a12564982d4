import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { projectDir } from '../build/compile.ts';

/** Where the running stack says how to reach it. */
const file = path.join(projectDir, '.local', 'stack.json');

interface State {
  readonly pid: number;
  readonly url: string;
}

export async function writeState(url: string): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, JSON.stringify({ pid: process.pid, url } satisfies State));
}

export async function removeState(): Promise<void> {
  await rm(file, { force: true });
}

/** Endpoint of the stack that runs now; undefined when none does (a stack that was killed leaves its file behind). */
export async function stackUrl(): Promise<string | undefined> {
  try {
    const { pid, url } = JSON.parse(await readFile(file, 'utf8')) as State;
    process.kill(pid, 0);
    return url;
  } catch {
    return undefined;
  }
}
