import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { type Manifest, readManifest, tableFile } from '../../scripts/backup/manifest.ts';
import { contentOf, linesOf } from '../../scripts/backup/table-file.ts';
import type { BackupFound, Known } from '../evidence.ts';
import { attempt, known } from './known.ts';

const dayMs = 86_400_000;

/**
 * Looks through the back-ups of a folder: in itself, and in the folders in it. Never throws.
 * @param now milliseconds since 1970
 */
export async function collectBackups(
  folder: string | undefined,
  now: number,
): Promise<Known<readonly BackupFound[]>> {
  const where = known(folder, 'No folder with back-ups was named: give --backups.');
  return await attempt(where, async (root) => {
    const entries = await readdir(root, { withFileTypes: true });
    const inside = entries.filter((one) => one.isDirectory()).map(({ name }) => path.join(root, name));
    const found = await Promise.all([root, ...inside].map((dir) => lookInto(dir, now)));
    return found.flat();
  });
}

async function lookInto(dir: string, now: number): Promise<BackupFound[]> {
  const manifest = await readManifest(dir);
  if (manifest === undefined) {
    return [];
  }
  const { tenant, startedAt, finishedAt = startedAt } = manifest;
  const days = (now - Date.parse(finishedAt)) / dayMs;
  return [{ folder: path.basename(dir), tenant, days, problem: await problemOf(dir, manifest) }];
}

async function problemOf(dir: string, { finishedAt, tables }: Manifest): Promise<string | undefined> {
  if (finishedAt === undefined) {
    return 'it was begun and not finished';
  }
  for (const [table, { sha256 }] of Object.entries(tables)) {
    const content = await contentOf(linesOf(tableFile(dir, table))).catch(() => undefined);
    if (content?.sha256 !== sha256) {
      return `its table ${table} is not as it was written`;
    }
  }
  return undefined;
}
