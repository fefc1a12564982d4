import { mkdir, open, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { projectDir } from '../../scripts/lib/project-dir.ts';
import type { Stack } from './stack.ts';

/** Where the running stack says how to reach it. */
const file = path.join(projectDir, '.local', 'stack.json');

interface State {
  readonly pid: number;
  readonly tenants: Stack['tenants'];
}

/**
 * Finds out whether the state can be written, before anything is started that would go on without it.
 * @throws the file system's error
 */
export async function claimState(): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  await (await open(file, 'a', 0o600)).close();
}

export async function writeState({ tenants }: Stack): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  // A storage account's key may be in there.
  await writeFile(file, JSON.stringify({ pid: process.pid, tenants } satisfies State), { mode: 0o600 });
}

export async function removeState(): Promise<void> {
  await rm(file, { force: true });
}

/** The tenants of the stack that runs now, by slug; undefined when none does. */
export async function runningTenants(): Promise<Stack['tenants'] | undefined> {
  try {
    const { pid, tenants } = JSON.parse(await readFile(file, 'utf8')) as State;
    // A stack that was killed leaves its file behind.
    process.kill(pid, 0);
    return tenants;
  } catch {
    return undefined;
  }
}
