import { isJsonContentType } from '@modelcontextprotocol/server';
import { rpcCodes, rpcError } from './rpc-error.ts';

/** Largest request body, in bytes; the longest sensible call is far below it. */
export const maxBodyBytes = 1024 * 1024;

export type JsonObject = { readonly [key: string]: unknown };

/** The parsed body, or the response that says what is wrong with it. */
export async function readJsonBody(request: Request): Promise<JsonObject | Response> {
  if (!isJsonContentType(request.headers.get('content-type'))) {
    return rpcError(415, rpcCodes.transport, 'Unsupported media type: send application/json.');
  }
  const text = await readText(request);
  if (text === undefined) {
    return rpcError(
      413,
      rpcCodes.transport,
      `The request body is too large: send at most ${maxBodyBytes} bytes.`,
    );
  }
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return rpcError(400, rpcCodes.parse, 'Parse error: the body is not valid JSON.');
  }
  if (Array.isArray(body)) {
    return rpcError(
      400,
      rpcCodes.invalidRequest,
      'Batches are not supported: send one JSON-RPC message per request.',
    );
  }
  if (typeof body !== 'object' || body === null) {
    return rpcError(400, rpcCodes.invalidRequest, 'Invalid request: send one JSON-RPC 2.0 message object.');
  }
  return body as JsonObject;
}

/** Reads at most {@link maxBodyBytes}; undefined when there is more. */
async function readText(request: Request): Promise<string | undefined> {
  if (Number(request.headers.get('content-length')) > maxBodyBytes) return undefined;
  const chunks: Uint8Array[] = [];
  let size = 0;
  // A reader, because iterating over a stream takes twice as long.
  const reader = request.body?.getReader();
  for (let part = await reader?.read(); part?.value !== undefined; part = await reader?.read()) {
    size += part.value.byteLength;
    if (size > maxBodyBytes) {
      await reader?.cancel();
      return undefined;
    }
    chunks.push(part.value);
  }
  return Buffer.concat(chunks).toString('utf8');
}
