import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { projectDir } from '../build/compile.ts';

/** Where the running stack says how to reach it. */
const file = path.join(projectDir, '.local', 'stack.json');

interface State {
  readonly pid: number;
  /** Address of the MCP endpoint. */
  readonly url: string;
  /** Connection string of the storage. */
  readonly dataStorage: string;
}

export async function writeState(stack: Omit<State, 'pid'>): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  const { url, dataStorage } = stack;
  // A storage account's key may be in there.
  await writeFile(file, JSON.stringify({ pid: process.pid, url, dataStorage } satisfies State), {
    mode: 0o600,
  });
}

export async function removeState(): Promise<void> {
  await rm(file, { force: true });
}

/** Endpoint of the stack that runs now; undefined when none does. */
export async function stackUrl(): Promise<string | undefined> {
  return (await readState())?.url;
}

/** Storage of the stack that runs now; undefined when none does. */
export async function stackStorage(): Promise<string | undefined> {
  return (await readState())?.dataStorage;
}

/** A stack that was killed leaves its file behind. */
async function readState(): Promise<State | undefined> {
  try {
    const state = JSON.parse(await readFile(file, 'utf8')) as State;
    process.kill(state.pid, 0);
    return state;
  } catch {
    return undefined;
  }
}
