import { isJsonContentType } from '@modelcontextprotocol/server';
import { readText } from '../../http/read-text.ts';
import type { JsonObject } from '../message/json-object.ts';
import { parseMessage } from '../message/parse-message.ts';
import { rpcCodes, rpcError } from './rpc-error.ts';

/** Largest request body, in bytes; the longest sensible call is far below it. */
export const maxBodyBytes = 1024 * 1024;

export type { JsonObject };

/**
 * The message in the body, or the response that says what is wrong with the request that carries it.
 * @throws InvalidMessage when the body holds no message
 */
export async function readJsonBody(request: Request): Promise<JsonObject | Response> {
  if (!isJsonContentType(request.headers.get('content-type'))) {
    return rpcError(415, rpcCodes.transport, 'Unsupported media type: send application/json.');
  }
  const text = await readText(request, maxBodyBytes);
  if (text === undefined) {
    return rpcError(
      413,
      rpcCodes.transport,
      `The request body is too large: send at most ${maxBodyBytes} bytes.`,
    );
  }
  return parseMessage(text);
}
