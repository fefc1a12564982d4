import type { JsonObject } from '../message/json-object.ts';
import { isUsualMeta } from '../message/usual-meta.ts';
import type { RegisteredTool } from '../registry.ts';
import type { Surface } from '../surface.ts';

/** A call that consists of a tool, arguments, and what its client says of itself in every message. */
export interface PlainCall {
  readonly id: string | number;
  readonly tool: RegisteredTool;
  /** As the client sent them; undefined when it sent none. */
  readonly arguments: unknown;
  /**
   * Everything in it that the protocol layer looks at, beside what stands above: equal for calls that it takes, or
   * refuses, alike.
   */
  readonly envelope: string;
}

const members: ReadonlySet<string> = new Set(['jsonrpc', 'id', 'method', 'params']);
const paramNames: ReadonlySet<string> = new Set(['name', 'arguments', '_meta']);
/** Characters of the longest envelope that is looked at. */
const longestEnvelope = 4_096;

/** Undefined for any other message. @param tools that can be called so */
export function plainCallIn(
  { headers }: Request,
  body: JsonObject,
  tools: Pick<Surface['tools'], 'find'>,
): PlainCall | undefined {
  const { jsonrpc, id, method, params } = body;
  if (method !== 'tools/call' || jsonrpc !== '2.0' || !(typeof id === 'string' || Number.isSafeInteger(id))) {
    return undefined;
  }
  if (!(isObject(params) && hasOnly(body, members) && hasOnly(params, paramNames))) {
    return undefined;
  }
  const { name, arguments: args, _meta: meta } = params;
  const tool = tools.find(name);
  if (tool === undefined || !(args === undefined || isObject(args)) || !isUsualMeta(meta)) {
    return undefined;
  }
  const named = headers.get('mcp-name');
  if (headers.has('mcp-session-id') || (named !== null && named !== name)) {
    return undefined;
  }
  const said = [
    headers.get('mcp-protocol-version'),
    headers.get('mcp-method'),
    headers.get('content-type'),
    named !== null,
    meta,
  ];
  const envelope = JSON.stringify(said);
  return envelope.length > longestEnvelope
    ? undefined
    : { id: id as string | number, tool, arguments: args, envelope };
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function hasOnly(object: JsonObject, names: ReadonlySet<string>): boolean {
  for (const name in object) {
    if (!names.has(name)) {
      return false;
    }
  }
  return true;
}
