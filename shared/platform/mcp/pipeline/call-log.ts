import { monotonicNow } from '../../clock.ts';
import type { Logger } from '../../telemetry/log.ts';
import type { Pseudonym } from '../../telemetry/pseudonym.ts';
import { decisionOf } from './access.ts';
import type { Middleware } from './invocation.ts';

/**
 * One line per call: who (pseudonymous), what, whether they might, how it ended, how long it took in milliseconds, and
 * the trace that it belongs to if there is one.
 */
export function callLog(logger: Logger, pseudonym: Pseudonym): Middleware {
  return async (invocation, next) => {
    const started = monotonicNow();
    try {
      return await next();
    } finally {
      const { principal } = invocation.call;
      logger.log('info', 'tool called', {
        tenant: principal.tenant,
        user: pseudonym(principal.user),
        tool: invocation.tool.definition.name,
        by: invocation.by,
        decision: decisionOf(invocation),
        outcome: invocation.outcome,
        durationMs: Math.round(monotonicNow() - started),
        correlationId: invocation.correlationId,
        traceId: invocation.traceId,
      });
    }
  };
}
