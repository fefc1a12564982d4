import { EventEmitter, once } from 'node:events';
import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

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
  /** What the gateway has said of requests with that `traceparent`. */
  reports(trace: string): readonly Report[];
  /** Resolves with the first of them, once it is here. @throws Error when none comes */
  reported(trace: string): Promise<Report>;
  stop(): Promise<void>;
}

/** What the gateway says of a request that it has refused by itself. */
export interface Report extends Arrival {
  readonly body: string;
}

const reportsPath = '/gateway/refusals';
/** Milliseconds until a report is missed. */
const hangTimeoutMs = 5_000;

export type Behaviour = (request: IncomingMessage, response: ServerResponse) => void;

/** A backend that notes every request before it does what `behave` says. */
export async function startBackend(behave: Behaviour = answerOk): Promise<Backend> {
  const arrivals = new Map<string, Arrival[]>();
  const kept = new Map<string, Report[]>();
  const news = new EventEmitter().setMaxListeners(0);
  const reports = (trace: string) => kept.get(trace) ?? [];
  const server = http.createServer(async (request, response) => {
    const { method = '', url = '', headers } = request;
    if (url === reportsPath) {
      const body = await text(request);
      note(kept, headers.traceparent, { method, url, headers, body });
      news.emit('report');
      response.writeHead(204).end();
      return;
    }
    note(arrivals, headers['x-case'], { method, url, headers });
    behave(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    arrivals: (id) => arrivals.get(id) ?? [],
    reports,
    async reported(trace) {
      const signal = AbortSignal.timeout(hangTimeoutMs);
      for (;;) {
        const [first] = reports(trace);
        if (first !== undefined) {
          return first;
        }
        await once(news, 'report', { signal });
      }
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** By the header that tells the requests apart: a run makes too many of them to look through all. */
function note<T>(seen: Map<string, T[]>, id: string | string[] | undefined, request: T): void {
  const key = String(id);
  seen.set(key, [...(seen.get(key) ?? []), request]);
}

/** 200, or the status that the request asks for, with a challenge of the backend's own. */
export function answerOk(request: IncomingMessage, response: ServerResponse): void {
  const status = Number(request.headers['x-answer'] ?? '200');
  response
    .writeHead(status, { server: 'Kestrel', 'www-authenticate': 'Bearer realm="backend"' })
    .end('from the backend');
}
