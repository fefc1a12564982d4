import { hasTransportName } from '#platform/http/transport-names';
import { parseJson, TooComplex } from '#platform/json/parse';
import { rpcCodes } from '../http/rpc-error.ts';
import { withStandIn } from './exact-id.ts';
import { InvalidMessage, invalidRequest } from './invalid-message.ts';
import type { JsonObject } from './json-object.ts';

/**
 * One message of a client.
 * @throws InvalidMessage when the text is no JSON, more than anybody needs, or not one object
 */
export function parseMessage(text: string): JsonObject {
  const value = parse(text);
  if (Array.isArray(value)) {
    throw invalidRequest('batches are not supported; send one JSON-RPC message per request.');
  }
  if (typeof value !== 'object' || value === null) {
    throw invalidRequest('send one JSON-RPC 2.0 message object.');
  }
  const message = value as JsonObject;
  if (hasTransportName(message)) {
    throw invalidRequest('the message has a member whose name is kept for the transport; leave it out.');
  }
  return withStandIn(message, text);
}

function parse(text: string): unknown {
  try {
    return parseJson(text);
  } catch (error) {
    if (error instanceof TooComplex) {
      throw invalidRequest(`the message ${error.message}; send a smaller one.`, error.value);
    }
    throw new InvalidMessage(400, rpcCodes.parse, 'Parse error: the body is not valid JSON; correct it.');
  }
}
