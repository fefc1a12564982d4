import { readdir } from 'node:fs/promises';
import { residentMemory } from '../memory.ts';

/** What a process holds at a moment. */
export interface Sample {
  /** Seconds since the watch began. */
  readonly at: number;
  /** MiB. */
  readonly resident: number;
  /** Open files and sockets; undefined where the system does not tell. */
  readonly handles: number | undefined;
}

export async function sampleOf(pid: number, at: number): Promise<Sample> {
  const handles = await readdir(`/proc/${pid}/fd`).then(
    ({ length }) => length,
    () => undefined,
  );
  return { at, resident: await residentMemory(pid), handles };
}

/** How fast memory grows over the second half of a watch, in MiB a minute: least squares. */
export function slopeOf(samples: readonly Sample[]): number {
  const half = samples.slice(Math.floor(samples.length / 2));
  const mean = (of: (sample: Sample) => number) => half.reduce((sum, one) => sum + of(one), 0) / half.length;
  const at = mean((one) => one.at);
  const resident = mean((one) => one.resident);
  const spread = half.reduce((sum, one) => sum + (one.at - at) ** 2, 0);
  const rise = half.reduce((sum, one) => sum + (one.at - at) * (one.resident - resident), 0);
  return spread === 0 ? 0 : (rise / spread) * 60;
}
