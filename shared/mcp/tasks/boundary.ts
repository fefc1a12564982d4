import { randomUUID } from 'node:crypto';
import { ProtocolError, ProtocolErrorCode, type ServerContext } from '@modelcontextprotocol/server';
import { BusinessError } from '../../contoso/errors.ts';
import type { Logger } from '../../telemetry/log.ts';

type Handler<Params, Result> = (params: Params, context: ServerContext) => Promise<Result>;

/**
 * Lets nothing out of a handler but errors that are meant for the caller. The SDK would send the text of any
 * exception; here an unexpected one is logged under an id, and the caller gets that id.
 */
export function guarded<Params, Result>(
  logger: Logger,
  handler: Handler<Params, Result>,
): Handler<Params, Result> {
  return async (params, context) => {
    try {
      return await handler(params, context);
    } catch (error) {
      if (error instanceof ProtocolError) throw error;
      if (error instanceof BusinessError) {
        throw new ProtocolError(ProtocolErrorCode.InternalError, error.message);
      }
      const correlationId = randomUUID();
      logger.log('error', 'tasks request failed', {
        method: context.mcpReq.method,
        correlationId,
        error: error instanceof Error ? error.name : typeof error,
      });
      throw new ProtocolError(
        ProtocolErrorCode.InternalError,
        `Internal error. Try again; if it stays, report it with the id ${correlationId}.`,
      );
    }
  };
}
