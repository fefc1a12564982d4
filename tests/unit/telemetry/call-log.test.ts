import { expect, it } from 'vitest';
import { remoteParent } from '#platform/telemetry/trace-context';
import { lineOfCall, traceparent } from './call-line.ts';

it('a call is one line: tenant, pseudonym, tool, decision, outcome, duration, ids', async () => {
  const line = await lineOfCall({ permissions: ['customers.read'], clientTrace: undefined });
  expect(line).toEqual({
    time: '1970-01-01T00:00:00.000Z',
    level: 'info',
    message: 'tool called',
    tenant: 'contoso',
    user: expect.stringMatching(/^[\w-]{12}$/),
    actor: 'person',
    tool: 'get_customer_detail',
    by: 'caller',
    decision: 'allowed',
    outcome: 'not_found',
    durationMs: expect.any(Number),
    correlationId: 'id',
  });
});

it('a call without the permission says so', async () => {
  expect(await lineOfCall({ permissions: [], clientTrace: undefined })).toMatchObject({ decision: 'denied' });
});

it.each([
  ['message', { inMessage: remoteParent({ traceparent }), inHeaders: undefined }],
  ['headers', { inMessage: undefined, inHeaders: remoteParent({ traceparent }) }],
])('names the trace in the client’s %s although nothing is exported', async (_where, clientTrace) => {
  expect(await lineOfCall({ permissions: [], clientTrace })).toMatchObject({
    traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
  });
});
