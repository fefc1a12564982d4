import * as z from 'zod';

/**
 * The input of a job's orchestration. The duration is part of it: an orchestrator that read a setting would take
 * another path when it is replayed after the setting was changed.
 */
export const jobInput = z.object({
  /** Slug of the tenant. */
  tenant: z.string(),
  /** By the definition's own schema. */
  request: z.unknown(),
  /** How long all steps together take at least. */
  seconds: z.number().min(0),
  /** The trace of the call that began the job, as a `traceparent`; absent when it was not traced. */
  trace: z.string().optional(),
});
export type JobInput = z.infer<typeof jobInput>;

/** What the platform reads of a step's input; the rest is the definition's. */
export const stepInput = z.looseObject({
  tenant: z.string(),
  step: z.string(),
  request: z.unknown(),
  day: z.iso.date(),
  operationId: z.string(),
  /** As in {@link jobInput}. */
  trace: z.string().optional(),
});
