import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

const keyBytes = 32;

/**
 * The secret under which the backends sign sessions and confirmations. It is kept with their data, so that a restart
 * ends no session, and goes when they go.
 * @param dir folder of the data, created when missing; undefined makes a key up for this run
 */
export async function stateSigningKey(dir: string | undefined): Promise<string> {
  const fresh = randomBytes(keyBytes).toString('base64url');
  if (dir === undefined) {
    return fresh;
  }
  const file = path.join(dir, 'state-signing-key');
  const kept = await readFile(file, 'utf8').catch(() => '');
  if (Buffer.byteLength(kept) >= keyBytes) {
    return kept;
  }
  await mkdir(dir, { recursive: true });
  await writeFile(file, fresh, { mode: 0o600 });
  return fresh;
}
