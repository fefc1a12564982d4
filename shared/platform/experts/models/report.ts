import type { Logger } from '../../telemetry/log.ts';
import type { ModelRequestName } from '../../telemetry/model-use.ts';
import { ModelFault } from './faults.ts';
import type { Refusal } from './refusals.ts';

/** What only the operator can mend; the rest may pass, or is up to whoever asked. */
const forOperator: readonly Refusal[] = ['settings', 'access', 'missing', 'quota'];

/**
 * Does work with a model server, and tells the operator what the server refused: names and numbers, nothing that was
 * said. The failure goes through.
 */
export async function reporting<T>(
  logger: Logger | undefined,
  asked: ModelRequestName,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const fault = error instanceof Error ? error.cause : undefined;
    if (fault instanceof ModelFault && fault.details.refusal !== 'content_filter') {
      const { refusal, parameters = [], complaint: _, ...details } = fault.details;
      const level = forOperator.includes(refusal) ? 'error' : 'warn';
      const refused = parameters.length === 0 ? undefined : parameters.join(' ');
      logger?.log(level, 'language model failed', { ...asked, reason: refusal, ...details, refused });
    }
    throw error;
  }
}
