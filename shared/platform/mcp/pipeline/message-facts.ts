import type { ServerContext } from '@modelcontextprotocol/server';
import type { Attributes } from '@opentelemetry/api';
import { genAi, mcp } from '../../telemetry/conventions.ts';
import { revisionOf, sessionOf } from '../principal.ts';
import type { Invocation } from './invocation.ts';

/** What a client wrote itself is told only where it can be nothing but a name. */
const revisionShape = /^\d{4}-\d{2}-\d{2}$/;
const idShape = /^[\w-]{1,64}$/;

/** The message that a call came in, as telemetry may name it. */
export function messageFacts({ http, mcpReq }: Pick<ServerContext, 'http' | 'mcpReq'>): Attributes {
  const revision = revisionOf(http?.authInfo) ?? http?.req?.headers.get('mcp-protocol-version') ?? '';
  const session = sessionOf(http?.authInfo);
  const id = String(mcpReq.id);
  return {
    [mcp.transport]: 'tcp',
    [mcp.protocol]: 'http',
    ...(revisionShape.test(revision) && { [mcp.revision]: revision }),
    ...(session !== undefined && { [mcp.session]: session }),
    ...(idShape.test(id) && { [mcp.requestId]: id }),
  };
}

/**
 * A call of a tool is both: a message of MCP, and the execution of a tool. Its span is named after the message when
 * there is one, and after the execution when an expert chose it.
 */
export function spanNameOf({ operation, by }: Pick<Invocation, 'operation' | 'by'>, message: string): string {
  return by === 'expert' && operation.kind === 'tool' ? `execute_tool ${operation.name}` : message;
}

/** Attributes that a span has besides those by which calls are measured. */
export function spanFacts({
  operation,
  message = {},
}: Pick<Invocation, 'operation' | 'message'>): Attributes {
  return operation.kind === 'tool'
    ? { ...message, [genAi.operation]: 'execute_tool', [genAi.toolType]: 'function' }
    : message;
}
