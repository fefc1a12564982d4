import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { settled } from '../http/settled.ts';
import { dropUnreadBody } from '../http/unread-body.ts';
import type { Edge } from './edge.ts';
import { type EdgeResponse, plainResponse } from './exchange.ts';

export interface GatewayServer {
  readonly origin: string;
  /** From now on requests are answered; before, they get 503. */
  open(edge: Edge): void;
  /** Stops listening, lets what backends have ended reach its clients, and cuts what is still running. */
  stop(): Promise<void>;
}

/** How long answers may take at the end, in milliseconds, before they are cut. */
const lastBytesMilliseconds = 500;

/**
 * Listens at once, so that the address is known to the policies.
 * @param onProblem told of mistakes of the gateway itself, which the client sees as a plain 500
 * @throws the error of the socket, such as EADDRINUSE
 */
export async function listen(
  port: number,
  address: string,
  onProblem: (error: unknown) => void,
): Promise<GatewayServer> {
  let edge: Edge = async () => plainResponse(503, 'Service Unavailable');
  const pending = new Set<ServerResponse>();
  const server = http.createServer((incoming, response) => {
    pending.add(response);
    response.once('close', () => pending.delete(response));
    dropUnreadBody(incoming, response);
    serve(incoming, response, edge).catch((error: unknown) => {
      onProblem(error);
      if (response.headersSent) {
        response.destroy();
      } else {
        response.writeHead(500).end();
      }
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, address, resolve);
  });
  return {
    origin: `http://${address}:${(server.address() as AddressInfo).port}`,
    open(next) {
      edge = next;
    },
    async stop() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      await settled([...pending], lastBytesMilliseconds);
      server.closeAllConnections();
      await closed;
    },
  };
}

async function serve(incoming: IncomingMessage, response: ServerResponse, edge: Edge): Promise<void> {
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  const answer = await edge(incoming, gone.signal);
  if (gone.signal.aborted) {
    return discard(answer);
  }
  response.writeHead(answer.statusCode, answer.statusReason, headerList(answer.headers));
  if (typeof answer.body === 'string') {
    response.end(answer.body);
    return;
  }
  // The head goes out now: the first byte of a stream may be minutes away.
  response.flushHeaders();
  // A backend that breaks off, or a client that leaves, ends both sides; there is nobody left to be told.
  await pipeline(answer.body, response).catch(() => {});
}

function discard({ body }: EdgeResponse): void {
  if (body instanceof Readable) {
    body.destroy();
  }
}

/** Names and values in turn, which keeps several cookies apart. */
function headerList(headers: Headers): string[] {
  return [...headers].flat();
}
