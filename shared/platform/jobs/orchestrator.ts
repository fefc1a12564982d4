import { dayOf } from '../dates.ts';
import { type AnyJob, done, milestone } from './definition.ts';
import { type JobInput, jobInput } from './job-input.ts';
import type { Orchestration } from './ports.ts';
import { publishedWith } from './progress.ts';

type Result = Readonly<Record<string, unknown>>;

/** How much too early a timer of Azure's engine may fire, in milliseconds (Durable extension 3.19.0: it sends whole seconds). */
const mostEarlyMs = 1_000;

/**
 * Carries out the steps of a job one after the other, spread over the job's time. Deterministic: it decides on nothing
 * but what `work` hands in. A step of which every attempt failed ends nothing: the definition says what it means.
 */
export function* orchestrate<Wait>(
  definition: AnyJob,
  work: Orchestration<Wait>,
): Generator<Wait, Result, unknown> {
  const job = jobInput.parse(work.input);
  const request = definition.request.parse(job.request);
  const startedAt = work.now();
  const { steps } = definition;
  let results: unknown = definition.begin();
  for (const [index, { name }] of steps.entries()) {
    const progress = definition.progressOf?.(results, index) ?? milestone(definition, index);
    const report = () => work.report(publishedWith(progress, definition.soFar?.(results)));
    report();
    const given = definition.given?.(name, results) ?? {};
    const outcome = yield* carryOut(work, { ...job, request }, dayOf(startedAt), name, given);
    results = definition.after(results, name, outcome);
    if (definition.soFar !== undefined) {
      // what the step came to, before the time until the next one
      report();
    }
    if (definition.isDone?.(results) === true) {
      break;
    }
    const share = (index + 1) / steps.length;
    // the last one ends the job, which takes its time at least
    const late = share === 1 ? mostEarlyMs : 0;
    yield* waitUntil(work, new Date(startedAt.getTime() + job.seconds * 1000 * share + late));
  }
  work.report(done(definition));
  return definition.conclude(request, results);
}

/** Undefined when every attempt failed. */
function* carryOut<Wait>(
  work: Orchestration<Wait>,
  { tenant, request, trace }: JobInput,
  day: string,
  step: string,
  given: Readonly<Record<string, unknown>>,
): Generator<Wait, unknown, unknown> {
  const origin = trace === undefined ? {} : { trace };
  try {
    return yield work.step({
      ...given,
      tenant,
      step,
      request,
      day,
      operationId: work.instanceId,
      ...origin,
    });
  } catch {
    return undefined;
  }
}

/** Always waited for to its end, so no timer is left open when the orchestrator returns. */
function* waitUntil<Wait>(work: Orchestration<Wait>, moment: Date): Generator<Wait, void, unknown> {
  if (work.now() < moment) {
    yield work.until(moment);
  }
}
