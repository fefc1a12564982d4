import { ProtocolError } from '@modelcontextprotocol/server';
import { BusinessError } from '../../contoso/errors.ts';
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
      if (error instanceof ProtocolError) throw error;
      if (error instanceof BusinessError) {
        invocation.outcome = error.code;
        return failure(error.message);
      }
      invocation.outcome = 'internal_error';
      logger.log('error', 'tool failed', {
        tool: invocation.tool.definition.name,
        correlationId: invocation.correlationId,
        error: error instanceof Error ? error.name : typeof error,
        stack: error instanceof Error ? stackWithoutMessage(error) : undefined,
      });
      return failure(
        `Internal error. Try again; if it stays, report it with the id ${invocation.correlationId}.`,
      );
    }
  };
}

/** Where it happened, without the message: messages of libraries quote values of the data. */
function stackWithoutMessage(error: Error): string {
  return (error.stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 8)
    .map((line) => line.trim())
    .join(' | ');
}
