import { type Environment, integer } from './read.ts';

export interface ExpertSettings {
  /** How long an expert may take to answer a caller who gets no progress, in milliseconds. */
  readonly answerWithinMs: number;
}

/** Common clients give a call up after 60 seconds, unless progress tells them to wait on. */
export function readExperts(env: Environment): ExpertSettings {
  return { answerWithinMs: integer(env, 'EXPERT_SECONDS', { least: 10, most: 100, otherwise: 50 }) * 1_000 };
}
