import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { settled } from '#emulators/http/settled';
import { requestUrl } from '#emulators/http/target';
import { dropUnreadBody } from '#emulators/http/unread-body';
import { stackOf } from '../../lib/errors.ts';
import type { HostLog } from '../log.ts';
import { BodyTooLargeError, declaresTooMuch, refuseTooLarge } from './body.ts';
import { answerEmpty, type HttpCall } from './call.ts';
import type { Cors } from './cors.ts';
import { isAllowed, type Keys } from './keys.ts';
import { refuseUnread } from './refuse-unread.ts';
import { type ReservedHost, serveReserved } from './reserved.ts';
import type { Router } from './router.ts';
import { STAND_IN } from './stand-in.ts';

/** What the server needs once the app is loaded. Until then it answers 503. */
export interface Site {
  readonly router: Router;
  readonly cors: Cors | undefined;
  readonly keys: Keys | undefined;
  readonly customHeaders: Readonly<Record<string, string>>;
  /** Bytes. */
  readonly bodyLimit: number;
  readonly homepage: boolean;
  readonly reserved: ReservedHost;
  readonly log: HostLog;
  serve(call: HttpCall): Promise<void>;
}

export interface HostServer {
  readonly port: number;
  /** From now on requests are served. */
  open(site: Site): void;
  /** Stops listening, and lets answers end, for at most `grace` milliseconds; of streams only `withStreams`. */
  drain(grace: number, withStreams?: boolean): Promise<void>;
  /** Cuts what is open by a reset. */
  reset(): void;
  /** Resolves when every open call has its answer; at the latest after `grace` milliseconds. */
  idle(grace: number): Promise<void>;
  /** After that: lets what is still being sent end, for at most `grace` milliseconds, and cuts the rest. */
  finish(grace: number): Promise<void>;
  close(): void;
}

/** Header lines of a request; the server of the real host takes no more. */
const MOST_HEADERS = 100;

const HOMEPAGE = `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Functions host</title></head>
<body><h1>Your functions host is up and running</h1><p>This is ${STAND_IN}.</p></body></html>`;

/** Listens at once, so that the port is known before the app is loaded. Rejects with the error of the socket, for example EADDRINUSE. */
export async function listen(port: number, address: string): Promise<HostServer> {
  let site: Site | undefined;
  const pending = new Set<ServerResponse>();
  const server = http.createServer((request, response) => {
    pending.add(response);
    response.once('close', () => pending.delete(response));
    dropUnreadBody(request, response);
    if (site) {
      void answer(request, response, site);
    } else {
      answerNotRunning(response);
    }
  });
  server.on('clientError', refuseUnread);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, address, resolve);
  });
  const close = () => {
    server.close();
    server.closeAllConnections();
  };
  return {
    port: (server.address() as AddressInfo).port,
    open(next) {
      site = next;
    },
    async drain(grace, withStreams = false) {
      // A connection that is kept alive could bring new requests for as long as an old one is waited for.
      site = undefined;
      server.close();
      server.closeIdleConnections();
      const waiting = [...pending].filter(
        (response) => withStreams || !response.headersSent || response.writableEnded,
      );
      await settled(waiting, grace);
    },
    idle: (grace) => settled([...pending], grace),
    async finish(grace) {
      await settled([...pending], grace);
      close();
    },
    reset() {
      for (const { socket } of pending) {
        socket?.resetAndDestroy();
      }
      close();
    },
    close,
  };
}

function answerNotRunning(response: ServerResponse): void {
  response
    .writeHead(503, { 'content-type': 'text/plain', connection: 'close' })
    .end('Function host is not running.');
}

async function answer(request: IncomingMessage, response: ServerResponse, site: Site): Promise<void> {
  try {
    await route(request, response, site);
  } catch (error) {
    if (error instanceof BodyTooLargeError) {
      refuseTooLarge(response);
      return;
    }
    // Functions' own failures are in the log already, with their id.
    site.log.write('debug', 'Host.Http', stackOf(error));
    answerEmpty(response, 500);
  }
}

async function route(request: IncomingMessage, response: ServerResponse, site: Site): Promise<void> {
  for (const [name, value] of Object.entries(site.customHeaders)) {
    response.setHeader(name, value);
  }
  if (site.cors?.apply(request, response)) {
    return;
  }
  if (request.rawHeaders.length / 2 > MOST_HEADERS) {
    response.shouldKeepAlive = false;
    return answerEmpty(response, 431);
  }
  const url = requestUrl(request);
  if (!url || (request.headersDistinct.host?.length ?? 0) > 1) {
    return answerEmpty(response, 400);
  }
  if (await serveReserved(request, response, url, site.reserved)) {
    return;
  }
  const match = site.router.match(request.method ?? '', url.pathname);
  if (!match) {
    return answerUnmatched(request, response, url, site);
  }
  if (!isAllowed(site.keys, match.route.authLevel, request, url)) {
    return answerEmpty(response, 401);
  }
  if (declaresTooMuch(request, site.bodyLimit)) {
    return refuseTooLarge(response);
  }
  await site.serve({ match, request, response, url });
}

function answerUnmatched(request: IncomingMessage, response: ServerResponse, url: URL, site: Site): void {
  if (url.pathname !== '/' || request.method !== 'GET') {
    answerEmpty(response, 404);
  } else if (!site.homepage) {
    answerEmpty(response, 204);
  } else {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(HOMEPAGE);
  }
}
