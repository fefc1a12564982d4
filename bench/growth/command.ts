import { writeFile } from 'node:fs/promises';
import { growthPath } from '../paths.ts';
import type { Part } from '../report/results.ts';
import { measureGrowth } from './measure.ts';
import { growthPart } from './report.ts';

const sizes = [250, 25_000, 250_000, 2_500_000];
const quickSizes = [250, 2_500];

/** Counts at every size. Writes bench/growth.json, unless it is quick. */
export async function growthCommand(quick: boolean, progress: (what: string) => void): Promise<Part> {
  const counted = await measureGrowth(quick ? quickSizes : sizes, progress);
  if (!quick) {
    await writeFile(growthPath, `${JSON.stringify(counted, null, 2)}\n`);
  }
  return growthPart(counted);
}
