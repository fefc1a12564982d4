import type { Span } from '@opentelemetry/api';
import { monotonicNow } from '../../clock.ts';
import { countRoundTrips } from '../../storage/round-trips.ts';
import { instruments, isMeasured, secondsSince } from '../../telemetry/instruments.ts';
import { countTokens, tokenAttributes } from '../../telemetry/model-use.ts';
import { own } from '../../telemetry/names.ts';
import { inSpan, markFailed, nameFailure } from '../../telemetry/spans.ts';
import { traceIdOf } from '../../telemetry/trace-context.ts';
import { decisionOf } from './access.ts';
import type { Invocation, Middleware, Next, ToolResult } from './invocation.ts';
import { type Operation, operationOf } from './operation.ts';

/** Endings that somebody who operates the service should look at; the others are answers to a caller. */
const faults = new Set(['internal_error', 'unavailable', 'unknown']);
/** Endings after which the caller has what was asked for, or is being asked. */
const fine = new Set(['ok', 'confirmation_required']);

/** Puts the call into a span, and measures it. Arguments, results and users are in neither. */
export const traceCall: Middleware = (invocation, next) => {
  const { clientTrace } = invocation;
  if (isMeasured()) {
    return tracedCall(invocation, next);
  }
  invocation.traceId = (clientTrace?.inMessage ?? clientTrace?.inHeaders)?.traceId;
  return next();
};

function tracedCall(invocation: Invocation, next: Next): Promise<ToolResult> {
  const started = monotonicNow();
  const { tool, by, clientTrace } = invocation;
  const operation = operationOf(tool.definition.name);
  return inSpan(
    operation.span,
    {
      ...(by === 'caller' && { kind: 'server' }),
      parent: clientTrace?.inMessage,
      attributes: operation.attributes,
    },
    async (span) => {
      invocation.traceId = traceIdOf(span);
      try {
        return await countCosts(invocation, operation, span, next);
      } finally {
        describe(invocation, span);
        measure(invocation, operation, secondsSince(started));
      }
    },
  );
}

/** Adds to the span what the call took of storage and models. */
async function countCosts(
  { call }: Invocation,
  { attributes }: Operation,
  span: Span,
  next: Next,
): Promise<ToolResult> {
  const { result: counted, used } = await countTokens(call.principal.tenant, () => countRoundTrips(next));
  span.setAttribute(own('storage.round_trips'), counted.count);
  if (used.inputTokens + used.outputTokens > 0) {
    span.setAttributes(tokenAttributes(used));
  }
  instruments().toolRoundTrips.record(counted.count, attributes);
  return counted.result;
}

function describe(invocation: Invocation, span: Span): void {
  const { call, outcome, by, correlationId } = invocation;
  span.setAttributes({
    [own('tenant')]: call.principal.tenant,
    [own('outcome')]: outcome,
    [own('decision')]: decisionOf(invocation),
    [own('by')]: by,
    [own('correlation_id')]: correlationId,
  });
  if (faults.has(outcome)) {
    markFailed(span, outcome);
  } else if (!fine.has(outcome)) {
    nameFailure(span, outcome);
  }
}

function measure(invocation: Invocation, { attributes }: Operation, duration: number): void {
  const { call, outcome, by } = invocation;
  const { toolCalls, toolDuration } = instruments();
  const ended = { ...attributes, [own('outcome')]: outcome };
  toolDuration.record(duration, ended);
  toolCalls.add(1, {
    ...ended,
    [own('tenant')]: call.principal.tenant,
    [own('decision')]: decisionOf(invocation),
    [own('by')]: by,
  });
}
