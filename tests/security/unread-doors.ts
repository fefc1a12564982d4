import { type HttpServer, serveHttp } from '../support/serve-http.ts';
import { type Service, startService, type TestTenant, tokenFor } from '../support/service.ts';
import { smallDataset } from '../support/small-dataset.ts';
import { startTarget, type Target } from './target.ts';

/** The product behind some server, and tokens of two people. */
export interface Door {
  readonly url: string;
  readonly tokens: readonly [string, string];
  stop(): Promise<void>;
}

/** In process: any server of Node that hands web requests on. */
export async function inProcess(): Promise<Door> {
  const target: Target = await startTarget({ data: [smallDataset, smallDataset] });
  const server: HttpServer = await serveHttp(async (request) => target.app.mcp(request));
  const [one, other] = target.tenants.map(({ tid }) => target.authority.mint(tid, { roles: ['query'] }));
  return {
    url: `http://127.0.0.1:${server.port}/mcp`,
    tokens: [String(one), String(other)],
    async stop() {
      await server.close();
      await target.stop();
    },
  };
}

/** The built app on the local host. */
export async function onTheHost(): Promise<Door> {
  const service: Service = await startService();
  const token = (tenant: TestTenant) => tokenFor(tenant, ['query']);
  const [one, other] = service.tenants;
  return { url: service.url, tokens: [token(one), token(other)], stop: () => service.stop() };
}

export const headers = {
  'content-type': 'application/json',
  accept: 'application/json, text/event-stream',
  'mcp-protocol-version': '2025-11-25',
};
