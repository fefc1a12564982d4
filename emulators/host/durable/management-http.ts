import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { requestUrl } from '#emulators/http/target';
import { dropUnreadBody } from '#emulators/http/unread-body';
import { BodyTooLargeError, readBody, refuseTooLarge } from '../http/body.ts';
import { answerEmpty } from '../http/call.ts';
import type { Answer } from './answers.ts';
import { PAYLOAD_LIMIT } from './limits.ts';
import { type ManagementContext, manage } from './management.ts';

/** Bodies may have more white space and escapes than what is stored of them. */
const BODY_LIMIT = 4 * PAYLOAD_LIMIT;
const RPC_PATH = '/durabletask/';

/**
 * Answers one request to the management API.
 * @param base the path before it, with a slash at its end
 * @param origin what links in the answer begin with
 * Rejects with a BodyTooLargeError.
 */
export async function serveManagement(
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
  { base, origin }: { readonly base: string; readonly origin: string },
  context: ManagementContext,
): Promise<void> {
  const segments = decoded(url.pathname.slice(base.length).split('/').filter(Boolean));
  if (!segments) {
    return answerEmpty(response, 400);
  }
  const answer = await manage(
    {
      method: request.method ?? '',
      segments,
      query: url.searchParams,
      body: (await readBody(request, BODY_LIMIT)).toString(),
      contentType: (request.headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '',
      origin,
      href: url.href,
    },
    context,
  );
  write(response, answer);
}

export interface RpcServer {
  /** Ends with a slash, as the library wants it. */
  readonly baseUrl: string;
  close(): void;
}

/**
 * The management API for the app's own clients, on a free port of this machine. It asks for no key: `durable-functions` sends none,
 * and the real extension has such an endpoint too.
 */
export async function startRpcServer(publicOrigin: string, context: ManagementContext): Promise<RpcServer> {
  const server = http.createServer((request, response) => {
    dropUnreadBody(request, response);
    serveRpc(request, response, publicOrigin, context).catch((error: unknown) => {
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
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}${RPC_PATH}`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function serveRpc(
  request: IncomingMessage,
  response: ServerResponse,
  origin: string,
  context: ManagementContext,
): Promise<void> {
  const url = requestUrl(request);
  if (!url?.pathname.startsWith(RPC_PATH)) {
    return answerEmpty(response, 404);
  }
  // Browsers name the page that asks; the app's own client is no page.
  if (request.headers.origin !== undefined) {
    return answerEmpty(response, 403);
  }
  await serveManagement(request, response, url, { base: RPC_PATH, origin }, context);
}

/** Undefined when a segment is not valid percent encoding. */
function decoded(segments: readonly string[]): string[] | undefined {
  try {
    return segments.map(decodeURIComponent);
  } catch {
    return undefined;
  }
}

function write(response: ServerResponse, { status, body, headers }: Answer): void {
  if (body === undefined) {
    response.writeHead(status, { ...headers, 'content-length': '0' }).end();
    return;
  }
  response
    .writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers })
    .end(JSON.stringify(body));
}
