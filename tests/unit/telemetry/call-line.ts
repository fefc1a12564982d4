import { expect } from 'vitest';
import { AuditTrail } from '#platform/access/audit';
import { failed } from '#platform/mcp/pipeline/answer';
import { compose } from '#platform/mcp/pipeline/compose';
import type { Invocation } from '#platform/mcp/pipeline/invocation';
import { observeWith } from '#platform/mcp/pipeline/observe';
import { recordingWith } from '#platform/mcp/pipeline/recording';
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
    operation: {
      kind: 'tool',
      name: 'get_customer_detail',
      offer: { thing: { permission: 'customers.read' }, at: ['mcp'] },
      effects: 'reads',
    },
    endpoint: 'mcp',
    call: {
      principal: {
        tenant: 'contoso',
        user: 'tid:oid',
        actor: 'person',
        permissions: new Set(permissions),
        roles: [],
      },
      correlationId: 'id',
    },
    startedAt: new Date(0),
    by: 'caller',
    clientTrace,
  } as unknown as Invocation;
  const observe = observeWith({
    trail: new AuditTrail({ write: async () => {} }, () => {}),
    logger,
    pseudonym: pseudonyms('k'.repeat(32)),
    recordOf: recordingWith(() => 'digest'),
  });
  await compose([observe, async () => failed('not_found', 'There is no such customer.')])(invocation);
  expect(lines).toHaveLength(1);
  return JSON.parse(lines[0] ?? '') as Record<string, unknown>;
}
