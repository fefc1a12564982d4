import { millisecondsPerHour } from '../dates.ts';
import { type Environment, integer } from './read.ts';

export interface JobSettings {
  /** Most jobs of one user that run at the same time. */
  readonly runningPerUser: number;
  /** How long a job is kept, in milliseconds from its creation. */
  readonly ttlMs: number;
}

export function readJobs(env: Environment): JobSettings {
  return {
    runningPerUser: integer(env, 'JOBS_PER_USER', { least: 1, most: 100, otherwise: 5 }),
    ttlMs: integer(env, 'JOB_HOURS', { least: 1, most: 720, otherwise: 24 }) * millisecondsPerHour,
  };
}
