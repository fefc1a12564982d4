import { readFile } from 'node:fs/promises';
import { growthPath } from '../paths.ts';
import { type Grown, grown } from './report.ts';

/** What was counted last. */
export async function readGrowth(): Promise<Grown> {
  return grown.parse(JSON.parse(await readFile(growthPath, 'utf8')));
}
