import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { requestUrl } from '#emulators/http/target';
import { dropUnreadBody } from '#emulators/http/unread-body';
import { BodyTooLargeError, readBody, refuseTooLarge } from '../http/body.ts';
import { answerEmpty } from '../http/call.ts';
import { WEBHOOK_PATH } from './links.ts';
import { type ManagementContext, manage } from './management.ts';

/** In bytes; what fits into storage is less, but may have more white space and escapes. */
const BODY_LIMIT = 4 * 1024 * 1024;

/** Answers one request to the management API. Rejects with a BodyTooLargeError. */
export async function serveManagement(
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
  context: ManagementContext,
): Promise<void> {
  const segments = segmentsOf(url);
  if (!segments) {
    return answerEmpty(response, 400);
  }
  const { status, body, headers } = await manage(
    {
      method: request.method ?? '',
      url,
      segments,
      body: (await readBody(request, BODY_LIMIT)).toString(),
      contentType: request.headers['content-type'] ?? '',
    },
    context,
  );
  if (body === undefined) {
    response.writeHead(status, { ...headers, 'content-length': '0' }).end();
    return;
  }
  response
    .writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers })
    .end(JSON.stringify(body));
}

export interface RpcServer {
  readonly origin: string;
  close(): void;
}

/**
 * The management API for the app's own clients, on a free port of this machine, which answers for as long as the app runs. It asks for
 * no key: `durable-functions` sends none, and the real extension has such an endpoint too.
 */
export async function startRpcServer(context: ManagementContext): Promise<RpcServer> {
  const server = http.createServer((request, response) => {
    dropUnreadBody(request, response);
    serveRpc(request, response, context).catch((error: unknown) => {
      if (error instanceof BodyTooLargeError) {
        refuseTooLarge(response);
      } else {
        answerEmpty(response, 500);
      }
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function serveRpc(
  request: IncomingMessage,
  response: ServerResponse,
  context: ManagementContext,
): Promise<void> {
  const url = requestUrl(request);
  if (!url?.pathname.startsWith(WEBHOOK_PATH)) {
    return answerEmpty(response, 404);
  }
  // Browsers name the page that asks; the app's own client is no page.
  if (request.headers.origin !== undefined) {
    return answerEmpty(response, 403);
  }
  await serveManagement(request, response, url, context);
}

/** What follows the API's base, in which an encoded slash parts as a plain one; undefined when it is no valid percent encoding. */
function segmentsOf({ pathname }: URL): string[] | undefined {
  try {
    return decodeURIComponent(pathname.slice(WEBHOOK_PATH.length)).split('/').filter(Boolean);
  } catch {
    return undefined;
  }
}
