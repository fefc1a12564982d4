import * as z from 'zod';

/** How far a job is: 0 to 100, and what it is doing. */
export const progress = z.object({ progress: z.number().min(0).max(100), message: z.string() });
export type Progress = z.infer<typeof progress>;

/** What an orchestration publishes: with what it came to so far, where its definition tells that. */
const published = progress.extend({ soFar: z.record(z.string(), z.unknown()).optional() });
export type Published = z.infer<typeof published>;

/** Most characters of what a job came to so far, as JSON. The engine takes 8,192 for all that is published, and fails a job that publishes more. */
export const mostSoFar = 7_000;

/** With what the job came to so far, unless that is too long. */
export function publishedWith(progress: Progress, soFar: Published['soFar']): Published {
  return soFar === undefined || JSON.stringify(soFar).length > mostSoFar ? progress : { ...progress, soFar };
}

/** Before the first step. */
export const waiting: Progress = { progress: 0, message: 'Waiting to start.' };

/** What an orchestration published; {@link waiting} when it published nothing. */
export function readProgress(customStatus: unknown): Published {
  return published.safeParse(customStatus).data ?? waiting;
}
