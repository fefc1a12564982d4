import { expect } from 'vitest';
import { callLog } from '#platform/mcp/pipeline/call-log';
import { compose, failure, type Invocation } from '#platform/mcp/pipeline/invocation';
import { traceCall } from '#platform/mcp/pipeline/trace';
import { createLogger } from '#platform/telemetry/log';
import { pseudonyms } from '#platform/telemetry/pseudonym';
import { remoteParent } from '#platform/telemetry/trace-context';

export const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';

const everyField = {
  permissions: ['customers.read'],
  clientTrace: { inMessage: remoteParent({ traceparent }), inHeaders: undefined },
};

/** Logs one call by somebody with these permissions, and returns the line. */
export async function lineOfCall({
  permissions,
  clientTrace,
}: {
  readonly permissions: readonly string[];
  readonly clientTrace: Invocation['clientTrace'];
} = everyField): Promise<Record<string, unknown>> {
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
