import * as z from 'zod';

/** The steps of a diagnosis, in the order in which they are carried out. */
export const steps = [
  { name: 'collect_inventory', title: 'collecting the inventory' },
  { name: 'connectivity', title: 'checking the connectivity' },
  { name: 'dns_gateway', title: 'checking name resolution and gateway' },
  { name: 'ping_traceroute', title: 'measuring the path to the internet' },
  { name: 'services_logs', title: 'reading services and logs' },
  { name: 'restart_agent', title: 'restarting the management agent' },
  { name: 'health_checks', title: 'running health checks' },
  { name: 'summarize', title: 'summarizing the findings' },
  { name: 'finalize', title: 'closing the diagnosis' },
] as const;
export type StepName = (typeof steps)[number]['name'];

export const stepNames = steps.map((step) => step.name) as [StepName, ...StepName[]];

/** How far a job is: 0 to 100, and what it is doing. */
export const progress = z.object({ progress: z.number().min(0).max(100), message: z.string() });
export type Progress = z.infer<typeof progress>;

/** Before the first step. */
export const waiting: Progress = { progress: 0, message: 'Waiting to start.' };

/** After the last step. */
export const done: Progress = { progress: 100, message: 'The diagnosis is complete.' };

/**
 * What is reported when a step begins: half of it is counted, so that the first one is above 0.
 * @param index of the step, from 0
 */
export function milestone(index: number): Progress {
  return {
    progress: Math.round(((index + 0.5) / steps.length) * 100),
    message: `Step ${index + 1} of ${steps.length}: ${steps[index]?.title}.`,
  };
}

const milestones: readonly Progress[] = steps.map((_step, index) => milestone(index));

/** The milestones that lie between two values of progress, both excluded. Who looks seldom misses none of them. */
export function milestonesBetween(after: number, before: number): readonly Progress[] {
  return milestones.filter(({ progress: at }) => at > after && at < before);
}

/** The progress that an orchestration published; {@link waiting} when it published none. */
export function readProgress(customStatus: unknown): Progress {
  return progress.safeParse(customStatus).data ?? waiting;
}
