import { PROTOCOL_VERSION_META_KEY } from '@modelcontextprotocol/server';
import type { Surface } from '../surface.ts';
import { leaveOutNulls } from './absent.ts';
import { idOf } from './exact-id.ts';
import { invalidRequest } from './invalid-message.ts';
import type { JsonObject } from './json-object.ts';
import { checkParams } from './params.ts';
import { agreedVersion, checkVersionHeader } from './versions.ts';

/** What a JSON-RPC message consists of; whatever else a client writes beside it says nothing. */
const members = new Set(['jsonrpc', 'id', 'method', 'params', 'result', 'error']);

/**
 * Prepares a message for the protocol layer, which does not check its form: members that are null are left out, and
 * what is wrong is refused with a sentence of ours. Changes the message itself.
 * @throws InvalidMessage
 */
export function prepareMessage(message: JsonObject, surface: Surface, headers: Headers): void {
  leaveOutNulls(message, (tool) => surface.tools.find(tool)?.operation.input);
  checkShape(message);
  checkVersionHeader(message, headers.get('mcp-protocol-version'));
  leaveOutTask(message);
  checkParams(message, surface);
  if (message.method === 'initialize') {
    agreeOnVersion(message.params as Record<string, unknown>);
  }
}

/** JSON-RPC 2.0, sections 4 and 5; MCP allows no id of null. */
function checkShape(message: JsonObject): void {
  for (const name of Object.keys(message)) {
    if (!members.has(name)) {
      Reflect.deleteProperty(message, name);
    }
  }
  const { jsonrpc, method } = message;
  const id = idOf(message);
  const wrong = (what: string) => invalidRequest(`${what}; send one JSON-RPC 2.0 message object.`, message);
  if (jsonrpc !== '2.0') {
    throw wrong('jsonrpc must be "2.0"');
  }
  if ('id' in message && !(typeof id === 'string' || (typeof id === 'number' && Number.isFinite(id)))) {
    throw wrong('id must be text or a number');
  }
  if ('method' in message) {
    if (typeof method !== 'string') {
      throw wrong('method must be text');
    }
    Reflect.deleteProperty(message, 'result');
    Reflect.deleteProperty(message, 'error');
  } else if (!('id' in message && ('result' in message || 'error' in message))) {
    throw wrong('method is required');
  }
}

/** A stateless request does not ask for a task (SEP-2663, "no task parameter"); what looks like it is ignored. */
function leaveOutTask({ method, params }: JsonObject): void {
  const { _meta: meta } = (params ?? {}) as { _meta?: Record<string, unknown> };
  if (method === 'tools/call' && meta?.[PROTOCOL_VERSION_META_KEY] !== undefined) {
    Reflect.deleteProperty(params as object, 'task');
  }
}

function agreeOnVersion(params: Record<string, unknown>): void {
  params.protocolVersion = agreedVersion(String(params.protocolVersion));
}
