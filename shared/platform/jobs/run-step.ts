import { monotonicNow } from '../clock.ts';
import { instruments, secondsSince } from '../telemetry/instruments.ts';
import type { Logger } from '../telemetry/log.ts';
import { own } from '../telemetry/names.ts';
import { failureOf, inSpan } from '../telemetry/spans.ts';
import { remoteParent } from '../telemetry/trace-context.ts';
import type { AnyJob, StepInput } from './definition.ts';
import { stepInput } from './job-input.ts';

/**
 * Carries out one step of a job on record: the body of the activity. The engine may run it more than once, also after
 * it succeeded.
 * @throws ZodError when the input is not one of a step; whatever the definition throws
 */
export function stepRunner(definition: AnyJob, logger: Logger): (input: unknown) => Promise<unknown> {
  return async (raw) => {
    const { trace: traceparent, ...input } = stepInput.parse(raw);
    const attributes = { [own('tenant')]: input.tenant, [own('job.step')]: input.step };
    return await inSpan(`job step ${input.step}`, { attributes, parent: remoteParent({ traceparent }) }, () =>
      measured(input, logger, () => definition.run(input)),
    );
  };
}

/** One line and one measurement for each attempt; a failed one may be followed by another. */
async function measured<T>(
  { tenant, step, operationId: job }: StepInput,
  logger: Logger,
  work: () => Promise<T>,
): Promise<T> {
  const started = monotonicNow();
  let failure: string | undefined;
  try {
    return await work();
  } catch (error) {
    failure = failureOf(error);
    throw error;
  } finally {
    const seconds = secondsSince(started);
    instruments().jobStepDuration.record(seconds, {
      [own('job.step')]: step,
      ...(failure !== undefined && { 'error.type': failure }),
    });
    logger.log(failure === undefined ? 'info' : 'warn', 'job step carried out', {
      tenant,
      job,
      step,
      outcome: failure ?? 'ok',
      durationMs: Math.round(seconds * 1000),
    });
  }
}
