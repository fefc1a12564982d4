import { readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod';

const manifest = z.strictObject({
  format: z.literal(1),
  tenant: z.string(),
  startedAt: z.iso.datetime(),
  /** Absent while the back-up goes on. */
  finishedAt: z.iso.datetime().optional(),
  /** Row key of the last head of the audit trail that was there when the back-up began to read the trail; empty for none. */
  lastHead: z.string().optional(),
  /** The tables that are whole, by their name without the tenant. */
  tables: z.record(
    z.string().regex(/^[A-Z][A-Za-z0-9]*$/),
    z.strictObject({ rows: z.int().nonnegative(), sha256: z.string().regex(/^[0-9a-f]{64}$/) }),
  ),
});

/** What a back-up holds: the file `manifest.json` beside the files of the tables. */
export type Manifest = z.output<typeof manifest>;

const fileIn = (dir: string) => path.join(dir, 'manifest.json');

/** The file of one table: a line a row, in the order of the keys. */
export function tableFile(dir: string, table: string): string {
  return path.join(dir, `${table}.jsonl`);
}

/** @returns undefined when there is none @throws Error when it is none of ours */
export async function readManifest(dir: string): Promise<Manifest | undefined> {
  let text: string;
  try {
    text = await readFile(fileIn(dir), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      return undefined;
    }
    throw error;
  }
  try {
    return manifest.parse(JSON.parse(text));
  } catch {
    throw new Error(`${fileIn(dir)} is not the manifest of a back-up; name another folder.`);
  }
}

/** Written beside it and renamed: there is never half a manifest. */
export async function writeManifest(dir: string, written: Manifest): Promise<void> {
  const temporary = `${fileIn(dir)}.new`;
  await writeFile(temporary, `${JSON.stringify(written, null, 2)}\n`, { mode: 0o600 });
  await rename(temporary, fileIn(dir));
}
