import type { Attributes } from '@opentelemetry/api';

/** What a call is to telemetry: the method of the protocol, and what of ours it names. */
export interface Operation {
  /** Name of its span (OpenTelemetry conventions for MCP: method and target). */
  readonly span: string;
  readonly attributes: Attributes;
}

/**
 * @param name as log and audit trail have it. The key of a resource is left out: a client may ask for any, and each
 * would be a series of its own.
 */
export function operationOf(name: string): Operation {
  if (name.startsWith('resource:')) {
    return operation('resources/read');
  }
  if (name.startsWith('prompt:')) {
    return operation('prompts/get', 'gen_ai.prompt.name', name.slice('prompt:'.length));
  }
  if (name.startsWith('tasks/')) {
    return operation(name);
  }
  return operation('tools/call', 'gen_ai.tool.name', name);
}

function operation(method: string, attribute?: string, target?: string): Operation {
  const attributes = { 'mcp.method.name': method };
  if (attribute === undefined) {
    return { span: method, attributes };
  }
  return { span: `${method} ${target}`, attributes: { ...attributes, [attribute]: target } };
}
