import { context, trace } from '@opentelemetry/api';
import { describe, expect, it } from 'vitest';
import { currentTrace, remoteParent, remoteParentOf } from '#platform/telemetry/trace-context';

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
const spanId = '00f067aa0ba902b7';

describe('a traceparent', () => {
  it('names the span it comes from, and whether that is sampled', () => {
    expect(remoteParent({ traceparent: `00-${traceId}-${spanId}-01` })).toEqual({
      traceId,
      spanId,
      traceFlags: 1,
      isRemote: true,
    });
    expect(remoteParent({ traceparent: `00-${traceId}-${spanId}-02` })?.traceFlags).toBe(0);
  });

  it('of a later version may have more fields', () => {
    expect(remoteParent({ traceparent: `01-${traceId}-${spanId}-01-more` })).toMatchObject({ traceId });
  });

  it.each([
    undefined,
    7,
    ['00'],
    '',
    'anything',
    `00-${traceId}-${spanId}`,
    `00-${traceId}-${spanId}-01-more`,
    `01-${traceId}-${spanId}-01more`,
    `ff-${traceId}-${spanId}-01`,
    `00-${traceId.toUpperCase()}-${spanId}-01`,
    `00-${'0'.repeat(32)}-${spanId}-01`,
    `00-${traceId}-${'0'.repeat(16)}-01`,
    `00-${traceId}-${spanId}-01\n`,
  ])('that is none is as if there were none: %j', (traceparent) => {
    expect(remoteParent({ traceparent })).toBeUndefined();
  });
});

describe('a tracestate', () => {
  const traceparent = `00-${traceId}-${spanId}-01`;

  it('goes along', () => {
    const headers = new Headers({ traceparent, tracestate: 'vendor=value' });
    expect(remoteParentOf(headers)?.traceState?.get('vendor')).toBe('value');
  });

  it.each([7, 'x'.repeat(513)])('that cannot be one is left out', (tracestate) => {
    expect(remoteParent({ traceparent, tracestate })?.traceState).toBeUndefined();
  });
});

it('without a trace nothing is passed on', () => {
  expect(trace.getSpan(context.active())).toBeUndefined();
  expect(currentTrace()).toEqual({});
});
