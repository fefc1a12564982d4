import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, stat, truncate } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import type { StoredRow } from '#platform/storage/table';
import { toLine } from './line.ts';

/** What a file of lines holds. */
export interface Content {
  readonly rows: number;
  /** SHA-256 over the lines, as hexadecimal digits. */
  readonly sha256: string;
}

/** The lines of a file, without their ends. */
export async function* linesOf(file: string): AsyncGenerator<string, void, undefined> {
  yield* createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY });
}

/** Counts and digests lines, wherever they come from. */
export async function contentOf(lines: AsyncIterable<string>): Promise<Content> {
  const hash = createHash('sha256');
  let rows = 0;
  for await (const line of lines) {
    hash.update(`${line}\n`);
    rows += 1;
  }
  return { rows, sha256: hash.digest('hex') };
}

/**
 * Makes an interrupted file whole: what may be half a partition is cut off.
 * @returns the key of the partition to go on with; empty to begin
 */
export async function resumeFile(file: string): Promise<string> {
  if ((await stat(file).catch(() => undefined)) === undefined) {
    return '';
  }
  let key = '';
  let start = 0;
  let position = 0;
  for await (const line of linesOf(file)) {
    const found = keyOf(line);
    if (found === undefined) {
      break; // the process ended in the middle of this line
    }
    if (found !== key) {
      [key, start] = [found, position];
    }
    position += Buffer.byteLength(line) + 1;
  }
  await truncate(file, start);
  return key;
}

function keyOf(line: string): string | undefined {
  try {
    const [key] = JSON.parse(line) as readonly unknown[];
    return typeof key === 'string' ? key : undefined;
  } catch {
    return undefined;
  }
}

/** Appends rows to a file that nobody but its owner can read. @param onRows called with the number of rows of each group */
export async function appendRows(
  file: string,
  groups: AsyncIterable<readonly StoredRow[]>,
  onRows: (rows: number) => void,
): Promise<void> {
  const handle = await open(file, 'a', 0o600);
  try {
    for await (const rows of groups) {
      await handle.appendFile(rows.map((row) => `${toLine(row)}\n`).join(''));
      onRows(rows.length);
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
}
