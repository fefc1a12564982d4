import { ProtocolError } from '@modelcontextprotocol/server';
import { BusinessError } from '../../errors.ts';
import { faultFields } from '../../telemetry/fault.ts';
import type { Logger } from '../../telemetry/log.ts';
import { failure, type Middleware } from './invocation.ts';

/**
 * The one place where exceptions become answers. Business errors carry a sentence for the caller; anything else is
 * logged under the correlation id, and the caller gets that id and nothing more.
 */
export function errorBoundary(logger: Logger): Middleware {
  return async (invocation, next) => {
    try {
      return await next();
    } catch (error) {
      if (error instanceof ProtocolError) {
        throw error;
      }
      if (error instanceof BusinessError) {
        invocation.outcome = error.code;
        return failure(error.message);
      }
      invocation.outcome = 'internal_error';
      logger.log('error', 'tool failed', {
        tool: invocation.tool.definition.name,
        correlationId: invocation.correlationId,
        ...faultFields(error),
      });
      return failure(
        `Internal error. Try again; if it stays, report it with the id ${invocation.correlationId}.`,
      );
    }
  };
}
