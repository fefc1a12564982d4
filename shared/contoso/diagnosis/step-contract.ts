import * as z from 'zod';
import { conclusion, finding } from './report.ts';
import { stepNames } from './steps.ts';

/** What a caller asks to have diagnosed. */
export const troubleshootRequest = z.object({
  device_name: z.string(),
  detail: z.string(),
  subscription_id: z.int().optional(),
});
export type TroubleshootRequest = z.infer<typeof troubleshootRequest>;

/** What earlier steps came to, for the step that sums them up. */
export const stepResults = z.object({
  findings: z.array(finding),
  /** Steps of which every attempt failed. */
  notDone: z.array(z.enum(stepNames)),
});
export type StepResults = z.infer<typeof stepResults>;

/** The input of one step. Everything that the outcome depends on, besides the stored data. */
export const stepInput = z.object({
  tenant: z.string(),
  step: z.enum(stepNames),
  request: troubleshootRequest,
  /** The day on which the job began, `YYYY-MM-DD`; a repetition after midnight looks at the same days. */
  day: z.iso.date(),
  /** The same for every attempt of every step of one job. */
  operationId: z.string(),
  /** Only for the step `summarize`. The name stands in the histories of diagnoses that are under way. */
  course: stepResults.optional(),
});
export type StepInput = z.infer<typeof stepInput>;

/** What one step came to. A few kilobytes at most. */
export const stepOutcome = z.object({
  findings: z.array(finding),
  actions: z.array(z.string()),
  /** Only of the step `summarize`. */
  conclusion: conclusion.optional(),
});
export type StepOutcome = z.infer<typeof stepOutcome>;
