import { expect, it } from 'vitest';
import { callLog } from '../../../shared/mcp/pipeline/call-log.ts';
import { compose, failure, type Invocation } from '../../../shared/mcp/pipeline/invocation.ts';
import { traceCall } from '../../../shared/mcp/pipeline/trace.ts';
import { createLogger } from '../../../shared/telemetry/log.ts';
import { pseudonyms } from '../../../shared/telemetry/pseudonym.ts';
import { remoteParent } from '../../../shared/telemetry/trace-context.ts';

const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';

/** Logs one call by somebody with these permissions, and returns the line. */
async function lineOf(permissions: readonly string[], clientTrace: Invocation['clientTrace']) {
  const lines: string[] = [];
  const logger = createLogger(
    'info',
    () => new Date(0),
    (line) => lines.push(line),
  );
  const invocation = {
    tool: { definition: { name: 'get_customer_detail', permission: 'customers.read' } },
    call: { principal: { tenant: 'contoso', user: 'tid:oid', permissions: new Set(permissions) } },
    correlationId: 'id',
    by: 'caller',
    clientTrace,
    outcome: 'unknown',
  } as unknown as Invocation;
  await compose([
    traceCall,
    callLog(logger, pseudonyms('k'.repeat(32))),
    async (one) => {
      one.outcome = 'not_found';
      return failure('There is no such customer.');
    },
  ])(invocation);
  expect(lines).toHaveLength(1);
  return JSON.parse(lines[0] ?? '') as Record<string, unknown>;
}

it('a call is one line: tenant, pseudonym, tool, decision, outcome, duration, ids', async () => {
  const line = await lineOf(['customers.read'], undefined);
  expect(line).toEqual({
    time: '1970-01-01T00:00:00.000Z',
    level: 'info',
    message: 'tool called',
    tenant: 'contoso',
    user: expect.stringMatching(/^[\w-]{12}$/),
    tool: 'get_customer_detail',
    by: 'caller',
    decision: 'allowed',
    outcome: 'not_found',
    durationMs: expect.any(Number),
    correlationId: 'id',
  });
});

it('a call without the permission says so', async () => {
  expect(await lineOf([], undefined)).toMatchObject({ decision: 'denied' });
});

it.each([
  ['message', { inMessage: remoteParent({ traceparent }), inHeaders: undefined }],
  ['headers', { inMessage: undefined, inHeaders: remoteParent({ traceparent }) }],
])('names the trace in the client’s %s although nothing is exported', async (_where, clientTrace) => {
  expect(await lineOf([], clientTrace)).toMatchObject({ traceId: '4bf92f3577b34da6a3ce929d0e0e4736' });
});
