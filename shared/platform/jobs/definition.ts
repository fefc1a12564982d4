import type * as z from 'zod';
import type { Principal } from '../identity/principal.ts';
import type { Progress } from './progress.ts';

/** One step of a job. */
export interface JobStep {
  readonly name: string;
  /** What is being done, to complete "Step 2 of 9: …." */
  readonly title: string;
}

/** What a job's owner is told. */
export interface JobWords {
  /** After the last step. */
  readonly done: string;
  /** It ended through a fault of the service. */
  readonly broken: string;
  readonly cancelled: string;
  /** @param most jobs of one user at a time */
  full(most: number): string;
}

/**
 * A long job: steps that run one after the other as a durable orchestration. A business hands its jobs over as values;
 * record, watching, cancelling and the views of tasks are the platform's.
 * @typeParam Results what the steps so far came to; it is rebuilt at every replay and never stored
 */
export interface JobDefinition<Request = unknown, Results = unknown> {
  /** Of the tool that starts it; it marks the job's record, too. */
  readonly name: string;
  /** Names under which orchestration and activity are registered; instances that are under way refer to them. */
  readonly orchestration: string;
  readonly activity: string;
  readonly request: z.ZodType<Request>;
  readonly result: z.ZodType<Readonly<Record<string, unknown>>>;
  readonly steps: readonly JobStep[];
  /**
   * How long all steps together take at least; they are spread over it. A running job keeps the value that it started
   * with.
   */
  readonly seconds: number;
  readonly words: JobWords;
  /**
   * Refuses what could not be carried out, before there is a job.
   * @throws any error of the business, such as NotFound
   */
  admit?(request: Request, principal: Principal): Promise<void>;
  /** Before the first step. */
  begin(): Results;
  /** What a step is given of the results so far, besides the request; plain JSON. */
  given?(step: string, results: Results): Readonly<Record<string, unknown>>;
  /**
   * The results after a step. Deterministic: no clock, no I/O.
   * @param outcome what {@link run} returned, as JSON; undefined when every attempt failed
   */
  after(results: Results, step: string, outcome: unknown): Results;
  /** Whether the results are all there is to be, so that no further step is needed; steps are those that are left out then. Deterministic. */
  isDone?(results: Results): boolean;
  /** What is reported when a step begins, instead of its number and title: rising. Deterministic. @param index of the step, from 0 */
  progressOf?(results: Results, index: number): Progress;
  /**
   * What the steps so far came to, as plain JSON of at most `mostSoFar` characters: its owner can read it while the job runs.
   * Deterministic; nothing is told, when not said.
   */
  soFar?(results: Results): Readonly<Record<string, unknown>>;
  /** What its owner is told that it is about: name of a tool, where several start jobs of this kind. */
  subjectOf?(request: Request): string;
  /** What the job comes to, by {@link result}. Deterministic as well. */
  conclude(request: Request, results: Results): Readonly<Record<string, unknown>>;
  /**
   * Carries out one step: the body of the activity. It may run more than once, also after it succeeded, so the same
   * input must get the same outcome.
   */
  run(input: StepInput): Promise<unknown>;
}

/** A definition whose types are known only at run time, as the platform holds it. */
// biome-ignore lint/suspicious/noExplicitAny: its methods get only what its other methods returned or its schemas checked
export type AnyJob = JobDefinition<any, any>;

/** The input of one step, with what the definition adds to it. */
export interface StepInput extends Readonly<Record<string, unknown>> {
  /** Slug of the tenant. */
  readonly tenant: string;
  readonly step: string;
  readonly request: unknown;
  /** The day on which the job began, `YYYY-MM-DD`; a repetition after midnight looks at the same days. */
  readonly day: string;
  /** The same for every attempt of every step of one job. */
  readonly operationId: string;
}

/** Keeps the types of one definition together; adds nothing at run time. */
export function defineJob<Request, Results>(
  definition: JobDefinition<Request, Results>,
): JobDefinition<Request, Results> {
  return definition;
}

/** After the last step. */
export function done({ words }: AnyJob): Progress {
  return { progress: 100, message: words.done };
}

/**
 * What is reported when a step begins: half of it is counted, so that the first one is above 0.
 * @param index of the step, from 0
 */
export function milestone({ steps }: AnyJob, index: number): Progress {
  return {
    progress: Math.round(((index + 0.5) / steps.length) * 100),
    message: `Step ${index + 1} of ${steps.length}: ${steps[index]?.title}.`,
  };
}

/** How many steps a job had done when it reported this progress: the other way round than {@link milestone}. */
export function stepsDoneAt({ steps }: Pick<AnyJob, 'steps'>, progress: number): number {
  return Math.floor((progress / 100) * steps.length);
}

/**
 * The milestones that lie between two values of progress, both excluded. With them, a reader that polls seldom still
 * sees every milestone.
 */
export function milestonesBetween(job: AnyJob, after: number, before: number): readonly Progress[] {
  if (job.progressOf !== undefined) {
    return [];
  }
  return job.steps
    .map((_step, index) => milestone(job, index))
    .filter(({ progress: at }) => at > after && at < before);
}
