import { ProtocolError } from '@modelcontextprotocol/server';
import { ApprovalRequired, BusinessError } from '../../errors.ts';
import { SignInAgain } from '../../identity/challenges.ts';
import { faultFields } from '../../telemetry/fault.ts';
import type { Logger } from '../../telemetry/log.ts';
import { type Answer, failed } from './answer.ts';
import type { Next, Step } from './compose.ts';
import type { Invocation } from './invocation.ts';
import { subjectOf } from './operation.ts';

/**
 * The one place where exceptions become answers. Business errors carry a sentence for the caller; anything else is
 * logged under the correlation id, and the caller gets that id and nothing more.
 */
export function errorBoundaryOf(logger: Logger): Step {
  return async function errorBoundary<Result>(
    { operation, call }: Invocation<Result>,
    next: Next<Result>,
  ): Promise<Answer<Result>> {
    try {
      return await next();
    } catch (error) {
      if (error instanceof ProtocolError) {
        throw error;
      }
      if (error instanceof ApprovalRequired) {
        return { ...failed(error.code, error.message), waits: error.approval };
      }
      if (error instanceof BusinessError) {
        const challenge = error instanceof SignInAgain ? error.challenge : undefined;
        return failed(error.code, error.message, challenge);
      }
      const { correlationId } = call;
      logger.log('error', 'tool failed', {
        tool: subjectOf(operation),
        correlationId,
        ...faultFields(error),
      });
      return failed(
        'internal_error',
        `Internal error. Try again; if it stays, report it with the id ${correlationId}.`,
      );
    }
  };
}
