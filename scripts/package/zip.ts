import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { type Zippable, zipSync } from 'fflate';

/** The earliest moment that the format knows; fflate writes its local clock, so this is the same bytes everywhere. */
const always = new Date(1980, 0, 1);

/** Unix, and a regular file that all may read: the package is mounted read-only, and the app runs as another user. */
const unix = 3;
const readable = 0o100644 << 16;

/** Zips a folder's files. The same files give the same bytes, whenever and wherever that is done. */
export async function zipFolder(dir: string): Promise<Uint8Array> {
  const entries: Zippable = {};
  for (const file of await filesIn(dir)) {
    entries[file] = [await readFile(path.join(dir, file)), { mtime: always, os: unix, attrs: readable }];
  }
  return zipSync(entries, { level: 9 });
}

/** The paths of a folder's files, sorted, with slashes. */
export async function filesIn(dir: string): Promise<string[]> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(dir, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/'))
    .sort();
}
