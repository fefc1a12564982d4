import { readFile } from 'node:fs/promises';
import { publicKeyOf } from '../../scripts/package/provenance/envelope.ts';
import { verifyRelease } from '../../scripts/package/provenance/verify.ts';
import type { Known } from '../evidence.ts';

export interface ReleaseOptions {
  readonly folder: string;
  /** File with the public key of who has to have signed. */
  readonly key: string;
}

/** Compares a release, file by file, with what its builder signed. Never throws. */
export async function collectRelease(options: ReleaseOptions | undefined): Promise<Known<readonly string[]>> {
  if (options === undefined) {
    return { missing: 'No release was named: give --release and --key.' };
  }
  try {
    const key = publicKeyOf(await readFile(options.key, 'utf8'));
    return { value: await verifyRelease(options.folder, key) };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}
