import type { Span } from '@opentelemetry/api';
import { countRoundTrips } from '../../storage/round-trips.ts';
import { countFormerName } from '../../telemetry/counts.ts';
import { instruments, isMeasured } from '../../telemetry/instruments.ts';
import { countTokens, tokenAttributes } from '../../telemetry/model-use.ts';
import { own } from '../../telemetry/names.ts';
import { inSpan, markFailed, nameFailure } from '../../telemetry/spans.ts';
import { traceIdOf } from '../../telemetry/trace-context.ts';
import type { CallRecord } from './call-record.ts';
import type { Invocation } from './invocation.ts';
import { spanFacts, spanNameOf } from './message-facts.ts';
import { telemetryOf } from './operation.ts';

type Attributes = ReturnType<typeof telemetryOf>['attributes'];

/** Endings that somebody who operates the service should look at; the others are answers to a caller. */
const faults = new Set(['internal_error', 'unavailable', 'unknown']);
/** Endings after which the caller has what was asked for, or is being asked. */
const fine = new Set(['ok', 'confirmation_required']);

/**
 * Does the work of a call inside a span, and measures it. Arguments, results and users are in neither.
 * @param work tells of the call's record when it is there
 */
export function inCallSpan<T>(
  invocation: Invocation,
  work: (onRecord: (record: CallRecord) => void) => Promise<T>,
): Promise<T> {
  const { operation, by, call, clientTrace } = invocation;
  if (!isMeasured()) {
    invocation.traceId = (clientTrace?.inMessage ?? clientTrace?.inHeaders)?.traceId;
    return work(() => {});
  }
  const { span: name, attributes } = telemetryOf(operation);
  const start = {
    ...(by === 'caller' && { kind: 'server' as const }),
    parent: clientTrace?.inMessage,
    attributes: { ...attributes, ...spanFacts(invocation) },
  };
  return inSpan(spanNameOf(invocation, name), start, async function spanned(span) {
    invocation.traceId = traceIdOf(span);
    return await countCosts(call.principal.tenant, attributes, span, () =>
      work((record) => {
        describe(record, span);
        measure(record, attributes);
      }),
    );
  });
}

/** Adds to the span how much the call used storage and models. */
async function countCosts<T>(
  tenant: string,
  attributes: Attributes,
  span: Span,
  work: () => Promise<T>,
): Promise<T> {
  const { result: counted, used } = await countTokens(tenant, () => countRoundTrips(work));
  span.setAttribute(own('storage.round_trips'), counted.count);
  if (used.inputTokens + used.outputTokens > 0) {
    span.setAttributes(tokenAttributes(used));
  }
  instruments().toolRoundTrips.record(counted.count, attributes);
  return counted.result;
}

function describe({ caller, outcome, decision, by, correlationId }: CallRecord, span: Span): void {
  span.setAttributes({
    [own('tenant')]: caller?.tenant,
    [own('outcome')]: outcome,
    [own('decision')]: decision,
    [own('by')]: by,
    [own('actor')]: caller?.actor,
    [own('correlation_id')]: correlationId,
  });
  if (faults.has(outcome)) {
    markFailed(span, outcome);
  } else if (!fine.has(outcome)) {
    nameFailure(span, outcome);
  }
}

function measure(record: CallRecord, attributes: Attributes): void {
  const { caller, calledAs, outcome, decision, by, durationMs = 0 } = record;
  const { toolCalls, toolDuration } = instruments();
  const ended = { ...attributes, [own('outcome')]: outcome };
  toolDuration.record(durationMs / 1000, ended);
  toolCalls.add(1, {
    ...ended,
    [own('tenant')]: caller?.tenant,
    [own('decision')]: decision,
    [own('by')]: by,
    [own('actor')]: caller?.actor,
  });
  if (calledAs !== undefined) {
    countFormerName(calledAs, record.subject, caller?.tenant);
  }
}
