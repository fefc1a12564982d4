import { Agent, createServer, request as send } from 'node:http';
import { type HttpServer, listen } from './serve-http.ts';

/** A connection for each request: one that is kept may be closed by its server in the moment in which it is used again. */
const agent = new Agent({ keepAlive: false });

/** A proxy that sends every request to another one of the servers than the request before: no affinity at all. */
export function startRoundRobin(ports: readonly number[]): Promise<HttpServer> {
  let requests = 0;
  return listen(
    createServer((incoming, outgoing) => {
      const port = ports[requests++ % ports.length];
      const { method, url: path, headers } = incoming;
      const proxied = send({ host: '127.0.0.1', port, method, path, headers, agent }, (response) => {
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
