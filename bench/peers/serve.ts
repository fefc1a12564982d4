import http, { type IncomingMessage, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Fetch } from './usual-way.ts';

/** Serves on a free port of this machine and tells the parent process which. */
export function serve(listener: RequestListener): void {
  const server = http.createServer(listener);
  server.listen(0, '127.0.0.1', () => announce((server.address() as AddressInfo).port));
}

/** Tells the parent process that this one serves; this one ends when the parent is gone. */
export function announce(port: number): void {
  process.once('disconnect', () => process.exit(0));
  process.send?.({ type: 'ready', port });
}

/** The least that stands between a socket and a web-standard endpoint; what is no stream of events is sent in one piece. */
export function toListener(fetch: Fetch): RequestListener {
  return async (request, response) => {
    const answer = await fetch(await toWeb(request));
    response.writeHead(answer.status, Object.fromEntries(answer.headers));
    if (answer.headers.get('content-type')?.startsWith('text/event-stream') === true) {
      for await (const chunk of answer.body ?? []) {
        response.write(chunk);
      }
      response.end();
    } else {
      response.end(await answer.text());
    }
  };
}

async function toWeb(request: IncomingMessage): Promise<Request> {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    if (typeof value === 'string') {
      headers.set(name, value);
    }
  }
  const { method = 'GET', url = '/' } = request;
  const body = method === 'POST' ? await text(request) : null;
  return new Request(new URL(url, `http://${request.headers.host}`), { method, headers, body });
}
