import {
  type Attributes,
  type Context,
  context,
  ROOT_CONTEXT,
  type Span,
  type SpanContext,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import { own, scope } from './names.ts';

export interface SpanStart {
  /** What the span is about: names and counts, never a value of an argument or of the data. */
  readonly attributes?: Attributes;
  /** Whom the work is done for (`server`) or whom it asks (`client`); neither for work within. */
  readonly kind?: 'server' | 'client';
  /** Whom this goes on from; the span around it unless given. The span around it is linked then. */
  readonly parent?: SpanContext | undefined;
}

const kinds = { server: SpanKind.SERVER, client: SpanKind.CLIENT } as const;

/** A span that has begun, and the context in which its work is done. */
export interface OpenSpan {
  readonly span: Span;
  readonly within: Context;
}

/** Begins a span; who does so ends it. Costs next to nothing when nothing is exported. */
export function openSpan(name: string, { attributes = {}, kind, parent }: SpanStart): OpenSpan {
  const here = context.active();
  const around = trace.getSpanContext(here);
  const from = parent === undefined ? here : trace.setSpanContext(here, parent);
  const span = trace.getTracer(scope()).startSpan(
    name,
    {
      attributes,
      kind: kind === undefined ? SpanKind.INTERNAL : kinds[kind],
      ...(parent !== undefined && around !== undefined && { links: [{ context: around }] }),
    },
    from,
  );
  return { span, within: trace.setSpan(from, span) };
}

/**
 * Does work inside a span; what it starts is inside, too. A failure goes through; of it the span holds the code or
 * the name, not the message, which may quote anything.
 */
export async function inSpan<T>(
  name: string,
  start: SpanStart,
  work: (span: Span) => Promise<T>,
): Promise<T> {
  const { span, within } = openSpan(name, start);
  try {
    return await context.with(within, work, undefined, span);
  } catch (error) {
    markFailed(span, failureOf(error));
    throw error;
  } finally {
    span.end();
  }
}

/** Marks a span as failed through a fault of ours, or of something that this service needs. */
export function markFailed(span: Span, reason: string): void {
  nameFailure(span, reason);
  span.setStatus({ code: SpanStatusCode.ERROR });
}

/**
 * Says why what a span is about did not end well. Twice: the exporter to Application Insights drops `error.type`
 * from every span, and has no field for the message of a status.
 */
export function nameFailure(span: Span, reason: string): void {
  span.setAttributes({ 'error.type': reason, [own('failure')]: reason });
}

/** Marks a span as one that ended as it should, whatever a receiver makes of its attributes. */
export function markFine(span: Span): void {
  span.setStatus({ code: SpanStatusCode.OK });
}

/** Starts work that outlives its caller, so that it is in no trace of the caller's. */
export function outsideTrace<T>(work: () => T): T {
  return context.with(ROOT_CONTEXT, work);
}

const codeShape = /^[A-Za-z][A-Za-z0-9_]{0,63}$/;

/** A failure as telemetry may name it: its code if that is one, or else its name. */
export function failureOf(error: unknown): string {
  if (!(error instanceof Error)) {
    return typeof error;
  }
  const { code } = error as Error & { code?: unknown };
  return typeof code === 'string' && codeShape.test(code) ? code : error.name;
}
