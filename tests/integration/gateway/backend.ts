import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a stub backend has seen of a request. */
export interface Arrival {
  readonly method: string;
  readonly url: string;
  readonly headers: http.IncomingHttpHeaders;
}

export interface Backend {
  readonly origin: string;
  /** The requests that arrived with that value of `x-case`. */
  arrivals(id: string): readonly Arrival[];
  stop(): Promise<void>;
}

export type Behaviour = (request: IncomingMessage, response: ServerResponse) => void;

/** A backend that notes every request before it does what `behave` says. */
export async function startBackend(behave: Behaviour = answerOk): Promise<Backend> {
  const arrivals: Arrival[] = [];
  const server = http.createServer((request, response) => {
    const { method = '', url = '', headers } = request;
    arrivals.push({ method, url, headers });
    behave(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    arrivals: (id) => arrivals.filter(({ headers }) => headers['x-case'] === id),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** 200, or the status that the request asks for, with a challenge of the backend's own. */
export function answerOk(request: IncomingMessage, response: ServerResponse): void {
  const status = Number(request.headers['x-answer'] ?? '200');
  response.writeHead(status, { 'www-authenticate': 'Bearer realm="backend"' }).end('from the backend');
}
