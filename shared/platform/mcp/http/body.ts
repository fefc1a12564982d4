import { isJsonContentType } from '@modelcontextprotocol/server';
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

/** Some serializers begin with it; a parser may take no notice of one (RFC 8259 section 8.1). */
const byteOrderMark = '\uFEFF';

/** Reads at most so many bytes; undefined when there is more, which is left to be read. */
export async function readText(request: Request, most: number): Promise<string | undefined> {
  if (Number(request.headers.get('content-length')) > most) {
    return undefined;
  }
  if (request.body === null) {
    return '';
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  // A reader, because iterating over a stream takes twice as long.
  const reader = request.body.getReader();
  try {
    for (let part = await reader.read(); part.value !== undefined; part = await reader.read()) {
      size += part.value.byteLength;
      if (size > most) {
        return undefined;
      }
      chunks.push(part.value);
    }
  } finally {
    reader.releaseLock();
  }
  const text = Buffer.concat(chunks).toString('utf8');
  return text.startsWith(byteOrderMark) ? text.slice(byteOrderMark.length) : text;
}
