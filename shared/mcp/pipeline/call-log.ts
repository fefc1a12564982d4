import type { Logger } from '../../telemetry/log.ts';
import { pseudonym } from '../../telemetry/pseudonym.ts';
import type { Middleware } from './invocation.ts';

/** One line per call: who (pseudonymous), what, how it ended, how long it took in milliseconds. */
export function callLog(logger: Logger): Middleware {
  return async (invocation, next) => {
    const started = performance.now();
    try {
      return await next();
    } finally {
      const { principal } = invocation.call;
      logger.log('info', 'tool called', {
        tenant: principal.tenant,
        user: pseudonym(principal.user),
        tool: invocation.tool.definition.name,
        outcome: invocation.outcome,
        durationMs: Math.round(performance.now() - started),
        correlationId: invocation.correlationId,
      });
    }
  };
}
