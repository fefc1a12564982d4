import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RawStep } from './openai-messages.ts';

export async function readJson(request: IncomingMessage): Promise<unknown> {
  const parts: Buffer[] = [];
  for await (const part of request) {
    parts.push(part);
  }
  try {
    return JSON.parse(Buffer.concat(parts).toString('utf8'));
  } catch {
    return undefined;
  }
}

export function sendError(
  response: ServerResponse,
  status: number,
  code: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  sendJson(
    response,
    status,
    { error: { message: `Failed with ${code}.`, type: 'fake', param: null, code } },
    headers,
  );
}

export function sendRaw(
  response: ServerResponse,
  { raw, status = 200, type, headers, cut = false }: RawStep,
): void {
  const text = typeof raw === 'string' ? raw : JSON.stringify(raw);
  const length = cut ? { 'content-length': String(Buffer.byteLength(text) + 1_000) } : {};
  response.writeHead(status, { 'content-type': type ?? 'application/json', ...length, ...headers });
  if (cut) {
    response.write(text, () => response.destroy());
  } else {
    response.end(text);
  }
}

export function sendJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}
