import { ProtocolError, ProtocolErrorCode, type ServerContext } from '@modelcontextprotocol/server';
import { BusinessError } from '../../errors.ts';
import { correlationOf } from '../../http/correlation.ts';
import { faultFields } from '../../telemetry/fault.ts';
import type { Logger } from '../../telemetry/log.ts';

type Handler<Params, Result> = (params: Params, context: ServerContext) => Promise<Result>;

/**
 * Lets nothing out of a handler but errors that are meant for the caller. The SDK would send the text of any
 * exception; here an unexpected one is logged under the id of the request, and the caller gets that id.
 */
export function guarded<Params, Result>(
  logger: Logger,
  handler: Handler<Params, Result>,
): Handler<Params, Result> {
  return async (params, context) => {
    const { method } = context.mcpReq;
    const correlationId = correlationOf(context.http?.req);
    try {
      const answer = await handler(params, context);
      // Clients ask for a task every second; calls have a line of their own.
      if (method !== 'tools/call') {
        logger.log('debug', 'tasks request answered', { method, correlationId });
      }
      return answer;
    } catch (error) {
      if (error instanceof ProtocolError) {
        throw error;
      }
      if (error instanceof BusinessError) {
        logger.log('warn', 'tasks request failed', { method, correlationId, error: error.code });
        throw new ProtocolError(ProtocolErrorCode.InternalError, error.message);
      }
      logger.log('error', 'tasks request failed', {
        method,
        correlationId,
        ...faultFields(error),
      });
      throw new ProtocolError(
        ProtocolErrorCode.InternalError,
        `Internal error. Try again; if it stays, report it with the id ${correlationId}.`,
      );
    }
  };
}
