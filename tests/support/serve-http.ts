import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Endpoint } from '#platform/mcp/endpoint';

export interface HttpServer {
  readonly port: number;
  /** Ends connections, too. */
  close(): Promise<void>;
}

/** Serves an endpoint on a free loopback port. */
export function serveHttp(endpoint: Endpoint): Promise<HttpServer> {
  return listen(
    createServer((incoming, outgoing) => {
      void answer(endpoint, incoming, outgoing).catch(() => outgoing.destroy());
    }),
  );
}

/** Starts a server on a free loopback port. */
export async function listen(server: Server): Promise<HttpServer> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function answer(
  endpoint: Endpoint,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const gone = new AbortController();
  outgoing.once('close', () => gone.abort());
  const { method = 'GET', url = '/' } = incoming;
  const hasBody = method !== 'GET' && method !== 'HEAD';
  const headers = Object.entries(incoming.headersDistinct).flatMap(([name, values = []]) =>
    values.map((value): [string, string] => [name, value]),
  );
  const response = await endpoint(
    new Request(new URL(url, 'http://127.0.0.1'), {
      method,
      headers,
      signal: gone.signal,
      ...(hasBody && { body: Readable.toWeb(incoming) as ReadableStream, duplex: 'half' }),
    }),
  );
  for (const [name, value] of response.headers) {
    outgoing.appendHeader(name, value);
  }
  outgoing.writeHead(response.status);
  outgoing.flushHeaders();
  if (response.body === null) {
    outgoing.end();
  } else {
    await pipeline(Readable.fromWeb(response.body as Parameters<typeof Readable.fromWeb>[0]), outgoing);
  }
}
