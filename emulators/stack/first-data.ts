import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { projectDir } from '../../scripts/lib/project-dir.ts';
import { isRunning } from '../lib/is-running.ts';
import type { Azurite } from './azurite.ts';

const kept = path.join(projectDir, '.local/first-data');
/** What the first records of a business, and how they are stored, come from. */
const sources = ['seed', 'shared', 'package-lock.json'];
/** Milliseconds; they are as of a day. */
const day = 24 * 3_600_000;
/** Milliseconds between looks at whether another one has written them, and for which they are waited for. */
const [lookMs, longestMs] = [200, 300_000];

/** The records that storage begins with where there are none. */
export interface FirstData {
  /** Undefined the first time on a day, and after a change of the sources: then this one writes them. */
  readonly file: string | undefined;
  /** Keeps what was written for the next time. It is only a copy: when it cannot be kept, it is written again. */
  keep(azurite: Azurite): Promise<void>;
  /** Whoever waits for them goes on: they are kept, or will not be. */
  release(): Promise<void>;
}

/**
 * Writing the records of a company takes longer than all else of a start, and they are the same for a day. So what was
 * written into storage that had none is kept, and the next one begins with a copy. One that begins meanwhile waits.
 * @param signal gives the wait up
 */
export async function firstDataOf(
  tenants: readonly { readonly slug: string }[],
  folder = kept,
  signal?: AbortSignal,
): Promise<FirstData> {
  const today = new Date().toISOString().slice(0, 10);
  const slugs = tenants.map(({ slug }) => slug);
  const states = await Promise.all(sources.map((source) => statesOf(path.join(projectDir, source))));
  const key = createHash('sha256')
    .update(JSON.stringify([today, slugs, states]))
    .digest('hex');
  const file = path.join(folder, `${key}.json`);
  const writer = path.join(folder, `${key}.writer`);
  const isThere = await isWritten(file, writer, signal);
  return {
    file: isThere ? file : undefined,
    async keep(azurite) {
      if (!isThere) {
        await keepIn(folder, file, azurite).catch(() => {});
      }
    },
    async release() {
      if (!isThere) {
        await rm(writer, { force: true }).catch(() => {});
      }
    },
  };
}

/** False when this one has to write it. @param writer a file with the process that writes it */
async function isWritten(file: string, writer: string, signal: AbortSignal | undefined): Promise<boolean> {
  const until = Date.now() + longestMs;
  while (!existsSync(file) && !(await isOwn(writer)) && Date.now() < until) {
    await setTimeout(lookMs);
    signal?.throwIfAborted();
  }
  return existsSync(file);
}

/** Whether nobody else writes: then this process does, as far as others can be told in that folder. */
async function isOwn(writer: string): Promise<boolean> {
  try {
    await mkdir(path.dirname(writer), { recursive: true });
    await writeFile(writer, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || !existsSync(writer)) {
      return true;
    }
  }
  const text = await readFile(writer, 'utf8').catch(() => '');
  if (text !== '' && !isRunning(Number(text))) {
    await rm(writer, { force: true });
  }
  return false;
}

async function keepIn(folder: string, file: string, azurite: Azurite): Promise<void> {
  await mkdir(folder, { recursive: true });
  await azurite.keep(file);
  for (const name of await readdir(folder)) {
    const older = path.join(folder, name);
    if (Date.now() - (await stat(older)).mtimeMs > day) {
      await rm(older, { force: true });
    }
  }
}

/** Names, times and lengths of all files in it. */
async function statesOf(root: string): Promise<readonly string[]> {
  const inside = (await stat(root)).isDirectory() ? await readdir(root, { recursive: true }) : [''];
  const states = await Promise.all(
    inside.sort().map(async (file) => {
      const found = await stat(path.join(root, file));
      return found.isDirectory() ? [] : [`${file} ${Math.round(found.mtimeMs)} ${found.size}`];
    }),
  );
  return states.flat();
}
