import {
  createTraceState,
  isSpanContextValid,
  type Span,
  type SpanContext,
  TraceFlags,
  trace,
} from '@opentelemetry/api';

/** What may hold a trace context: `_meta` of a message, or request headers. It is a client's, and may hold anything. */
export type TraceCarrier = Readonly<Record<string, unknown>>;

const traceparentPattern = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/;
/** What W3C Trace Context asks everybody to pass on at least. */
const longestState = 512;

/** The span that a client says it is in; undefined when it says none, or something that is no trace context. */
export function remoteParent({ traceparent, tracestate }: TraceCarrier): SpanContext | undefined {
  if (typeof traceparent !== 'string') {
    return undefined;
  }
  const [, version = 'ff', traceId = '', spanId = '', flags = '', rest] =
    traceparentPattern.exec(traceparent) ?? [];
  // Later versions may append fields (W3C Trace Context, "versioning of traceparent").
  if (version === 'ff' || (version === '00' && rest !== undefined)) {
    return undefined;
  }
  const parent: SpanContext = {
    traceId,
    spanId,
    traceFlags: Number.parseInt(flags, 16) & TraceFlags.SAMPLED,
    isRemote: true,
    ...(typeof tracestate === 'string' &&
      tracestate.length <= longestState && { traceState: createTraceState(tracestate) }),
  };
  return isSpanContextValid(parent) ? parent : undefined;
}

/** The same from the headers of a request. */
export function remoteParentOf(headers: Headers | undefined): SpanContext | undefined {
  return remoteParent({
    traceparent: headers?.get('traceparent'),
    tracestate: headers?.get('tracestate'),
  });
}

/** The trace that is active now, in the form in which it is passed on; empty when nothing is traced. */
export function currentTrace(): { readonly traceparent?: string; readonly tracestate?: string } {
  const span = trace.getActiveSpan()?.spanContext();
  if (span === undefined || !isSpanContextValid(span)) {
    return {};
  }
  const { traceId, spanId, traceFlags, traceState } = span;
  const state = traceState?.serialize();
  return {
    traceparent: `00-${traceId}-${spanId}-${(traceFlags & TraceFlags.SAMPLED).toString(16).padStart(2, '0')}`,
    ...(state && { tracestate: state }),
  };
}

/** Id of the trace that a span belongs to; undefined when there is none. */
export function traceIdOf(span: Span | undefined): string | undefined {
  const context = span?.spanContext();
  return context && isSpanContextValid(context) ? context.traceId : undefined;
}

/** Like the global `fetch`, with the trace of the caller in the headers. */
export const tracedFetch: typeof fetch = (input, init) => {
  const headers = new Headers(init?.headers);
  for (const [name, value] of Object.entries(currentTrace())) {
    headers.set(name, value);
  }
  return fetch(input, { ...init, headers });
};
