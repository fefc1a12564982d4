import { createServer, request as send } from 'node:http';
import { type HttpServer, listen } from './serve-http.ts';

/** A proxy that sends every request to another one of the servers than the request before: no affinity at all. */
export function startRoundRobin(ports: readonly number[]): Promise<HttpServer> {
  let requests = 0;
  return listen(
    createServer((incoming, outgoing) => {
      const port = ports[requests++ % ports.length];
      const { method, url: path, headers } = incoming;
      const proxied = send({ host: '127.0.0.1', port, method, path, headers }, (response) => {
        outgoing.writeHead(response.statusCode ?? 502, response.headers);
        outgoing.flushHeaders();
        response.pipe(outgoing);
      });
      proxied.on('error', () => outgoing.destroy());
      outgoing.on('close', () => proxied.destroy());
      incoming.pipe(proxied);
    }),
  );
}
