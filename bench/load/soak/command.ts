import path from 'node:path';
import { UsageError } from '#scripts/command-line/usage-error';
import { makePackage } from '#scripts/package/package';
import type { Part } from '../../report/results.ts';
import { scratchDir } from '../../subjects/plain-node.ts';
import { soakPart } from './report.ts';
import { soak } from './soak.ts';

const usualMinutes = 30;

/**
 * Soaks the packaged service.
 * @param minutes as they were typed; half an hour when left out
 */
export async function soakCommand(
  minutes: string | undefined,
  progress: (what: string) => void,
): Promise<Part> {
  const seconds = Number(minutes ?? usualMinutes) * 60;
  if (!(seconds > 0 && seconds <= 86_400)) {
    throw new UsageError('--minutes takes a number above 0 and up to 1440.');
  }
  progress('packaging');
  const { dir } = await makePackage(path.join(scratchDir, 'package'));
  progress(`soaking for ${seconds} s`);
  return soakPart(await soak({ dir, seconds, progress }), seconds);
}
