import { once } from 'node:events';
import type { RequestListener } from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Reach } from '#platform/sign-in/clients/guarded-fetch';
import { certificateFor } from './certificate.ts';

/** A web server with documents about clients, as if it were on the public internet. */
export interface DocumentsServer {
  /** How a service under test reaches it, whatever host is asked for. */
  readonly reach: Reach;
  /** Paths that were asked for. */
  readonly asked: readonly string[];
  close(): Promise<void>;
}

/** @param hosts names that its certificate is for */
export async function serveDocuments(
  hosts: readonly string[],
  answer: RequestListener,
): Promise<DocumentsServer> {
  const certificate = certificateFor(hosts);
  const asked: string[] = [];
  const server = https.createServer(certificate, (request, response) => {
    asked.push(request.url ?? '');
    answer(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    asked,
    reach: {
      resolve: async () => [{ address: '127.0.0.1', family: 4 }],
      allows: () => true,
      port: (server.address() as AddressInfo).port,
      ca: certificate.cert,
    },
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
