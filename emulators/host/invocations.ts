import { randomUUID } from 'node:crypto';
import { FunctionTimeoutError, messageOf, stackOf } from '../lib/errors.ts';
import type { HostLog } from './log.ts';
import { formatTimeSpan } from './time-span.ts';
import type { InvocationOutcome, InvocationRequest, ParameterBinding } from './worker/rpc.ts';
import type { Worker } from './worker/worker.ts';

/** The reason that the real host logs for HTTP requests and for calls through its admin interface. */
export const CALLED_BY_HOST = 'This function was programmatically called via the host APIs.';

/** @throws Error that makes the invocation a failed one */
export type After = (outcome: InvocationOutcome) => Promise<void>;

/** Runs functions the way the host does: logged, and with the time limit of host.json. */
export interface Invocations {
  /**
   * Rejects with what the function throws, or with a FunctionTimeoutError when it takes longer than `functionTimeout`.
   * @param after what has to end well, too, for the invocation to count as succeeded
   * @param request what is left out is empty; a missing `invocationId` is made up; extra inputs are added to `inputData`
   */
  run(
    functionName: string,
    reason: string,
    request: Partial<InvocationRequest>,
    after?: After,
  ): Promise<InvocationOutcome>;
}

export interface InvocationOptions {
  /** Milliseconds; undefined means no limit. */
  readonly functionTimeout: number | undefined;
  /** Input data beside the trigger's own, whatever triggers the function. */
  readonly extraInputs: (functionName: string) => readonly ParameterBinding[];
  readonly log: HostLog;
}

export function createInvocations(
  worker: Worker,
  { functionTimeout, extraInputs, log }: InvocationOptions,
): Invocations {
  return {
    async run(functionName, reason, partial, after) {
      const request = {
        invocationId: randomUUID(),
        triggerMetadata: {},
        ...partial,
        inputData: [...(partial.inputData ?? []), ...extraInputs(functionName)],
      };
      const category = `Function.${functionName}`;
      const started = performance.now();
      const executed = (how: string) =>
        `Executed 'Functions.${functionName}' (${how}, Id=${request.invocationId}, Duration=${Math.round(performance.now() - started)}ms)`;
      log.write(
        'information',
        category,
        `Executing 'Functions.${functionName}' (Reason='${reason}', Id=${request.invocationId})`,
      );
      try {
        const limit = withTimeout(worker.invoke(functionName, request), functionTimeout);
        const outcome = await limit;
        await after?.(outcome);
        log.write('information', category, executed('Succeeded'));
        return outcome;
      } catch (error) {
        if (error instanceof FunctionTimeoutError) {
          log.write(
            'error',
            category,
            timeoutMessage(functionName, request.invocationId, functionTimeout ?? 0),
          );
        }
        log.write('error', category, executed('Failed'));
        log.write(
          'error',
          category,
          `Exception while executing function: Functions.${functionName}. Result: Failure\nException: ${messageOf(error)}\nStack: ${stackOf(error)}`,
        );
        throw error;
      }
    },
  };
}

function timeoutMessage(functionName: string, invocationId: string, limit: number): string {
  return (
    `Timeout value of ${formatTimeSpan(limit)} exceeded by function 'Functions.${functionName}' (Id: '${invocationId}'). ` +
    'Initiating cancellation. In Azure the worker process is restarted now, and every other request that it serves fails too; here the function goes on unseen.'
  );
}

function withTimeout<T>(work: Promise<T>, limit: number | undefined): Promise<T> {
  if (limit === undefined) {
    return work;
  }
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () =>
        reject(new FunctionTimeoutError('The function ran longer than functionTimeout of host.json allows.')),
      limit,
    );
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
