import * as z from 'zod';
import { stepNames } from './steps.ts';

export const finding = z.object({
  step: z.enum(stepNames).describe('The step that found it.'),
  severity: z
    .enum(['info', 'warning', 'problem'])
    .describe('info: nothing to do; warning: worth a look; problem: explains a fault or needs somebody.'),
  title: z.string().describe('The finding in a few words.'),
  detail: z.string().describe('What was seen, and what to do about it.'),
});
export type Finding = z.infer<typeof finding>;

export const reportStatuses = ['success', 'attention_needed', 'failed'] as const;

/** What the diagnosis comes to. */
export const conclusion = z.object({
  status: z
    .enum(reportStatuses)
    .describe(
      'success: nothing wrong was found; attention_needed: see the findings; failed: too few checks could be carried out.',
    ),
  summary: z.string().describe('The outcome in one to three sentences.'),
});
export type Conclusion = z.infer<typeof conclusion>;

/** The result of a diagnosis, as callers get it. */
export const report = z.object({
  device_name: z.string(),
  request_detail: z.string().describe('The problem as the caller described it.'),
  ...conclusion.shape,
  findings: z.array(finding).describe('In the order of the steps.'),
  actions_taken: z.array(z.string()).describe('What was changed on the device.'),
});
export type Report = z.infer<typeof report>;
