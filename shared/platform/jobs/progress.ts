import * as z from 'zod';

/** How far a job is: 0 to 100, and what it is doing. */
export const progress = z.object({ progress: z.number().min(0).max(100), message: z.string() });
export type Progress = z.infer<typeof progress>;

/** Before the first step. */
export const waiting: Progress = { progress: 0, message: 'Waiting to start.' };

/** The progress that an orchestration published; {@link waiting} when it published none. */
export function readProgress(customStatus: unknown): Progress {
  return progress.safeParse(customStatus).data ?? waiting;
}
