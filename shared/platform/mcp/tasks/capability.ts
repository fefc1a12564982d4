import {
  CLIENT_CAPABILITIES_META_KEY,
  MissingRequiredClientCapabilityError,
  type ServerContext,
} from '@modelcontextprotocol/server';

/** Identifier of the Tasks extension (SEP-2663). */
export const tasksExtensionId = 'io.modelcontextprotocol/tasks';

const required = { extensions: { [tasksExtensionId]: {} } };

/** Whether the client said with this request that it takes tasks; what it said with another request does not count. */
export function takesTasks({ mcpReq }: ServerContext): boolean {
  return declaresTasks(mcpReq.envelope);
}

/** The same by the metadata of a message that nothing has looked at yet. */
export function declaresTasks(meta: unknown): boolean {
  const capabilities = field(meta, CLIENT_CAPABILITIES_META_KEY);
  return field(field(capabilities, 'extensions'), tasksExtensionId) !== undefined;
}

/** JSON-RPC error -32021, HTTP status 400: the request needs a client that takes tasks. */
export function tasksRequired(): MissingRequiredClientCapabilityError {
  return new MissingRequiredClientCapabilityError({ requiredCapabilities: required });
}

/** A field of something that may be anything. */
export function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
