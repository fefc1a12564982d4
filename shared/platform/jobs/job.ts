import type { Progress } from './progress.ts';

export const jobStatuses = ['working', 'completed', 'failed', 'cancelled'] as const;
export type JobStatus = (typeof jobStatuses)[number];

/** A job as its owner sees it. Every status but `working` is final. */
export interface JobState extends Progress {
  /** The handle: random, at least 128 bits; it names the orchestration, too. */
  readonly id: string;
  readonly status: JobStatus;
  /** ISO 8601 in UTC. */
  readonly createdAt: string;
  readonly updatedAt: string;
  /** How long the job is kept, in milliseconds from its creation. */
  readonly ttlMs: number;
  /** How often it is worth asking, in milliseconds. */
  readonly pollIntervalMs: number;
  /** Which of its definition's tools started it, where there are several. */
  readonly subject?: string;
  /** What the steps of a job that is not completed came to, where its definition tells that. */
  readonly soFar?: Readonly<Record<string, unknown>>;
  /** What a completed job came to, by its definition's schema. */
  readonly result?: Readonly<Record<string, unknown>>;
}
