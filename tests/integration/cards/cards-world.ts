import { createRequire } from 'node:module';
import { chromium } from '#scripts/browser/executable';
import { fewCustomers } from '#seed/few-customers';
import { generate } from '#seed/generate/generate';
import { bulkWrite } from '#seed/writing/bulk';
import type { Dataset } from '#seed/writing/dataset';
import { type App, createApp } from '#shared/app';
import { readSettings } from '#shared/settings';
import { type StorageProxy, startStorageProxy } from '../../security/storage-proxy.ts';
import { freshTenant, testStorage } from '../../support/azurite.ts';
import { type HttpServer, serveHttp } from '../../support/serve-http.ts';
import { environment, type TestTenant, today } from '../../support/service.ts';
import { WaitingEngine } from '../../support/waiting-engine.ts';
import { answerOf } from '../../support/whole-app.ts';
import { hostPages } from './host/pages.ts';

/** A browser is there, and the libraries of the host. */
export const canShowCards = chromium !== undefined && isInstalled('playwright-core') && isInstalled('preact');

/** The service and a host's pages, on one address. */
export interface CardsWorld {
  readonly origin: string;
  /** The same by another name: another origin to a browser. */
  readonly sandbox: string;
  readonly tenant: TestTenant;
  /** Carries out long jobs; its clock is that of the service. */
  readonly engine: WaitingEngine;
  /** Between the service and what it stores. */
  readonly storage: StorageProxy;
  /** Requests that reached the server and that neither the host nor the sandbox makes. */
  readonly reached: readonly string[];
  close(): Promise<void>;
}

/**
 * @param change what the data have besides those of the scenarios
 * @param env further settings
 */
export async function startCardsWorld(
  change: (data: Dataset) => Dataset = (data) => data,
  env: Readonly<Record<string, string>> = {},
): Promise<CardsWorld> {
  const slug = freshTenant();
  const data = change(fewCustomers(generate({ asOf: today(), seed: 7, tenant: slug }), 0));
  await bulkWrite(await testStorage(), slug, data);
  const tenant = { slug, tid: 'a0000000-0000-4000-8000-00000000000a', data };
  const storage = await startStorageProxy();
  const settings = readSettings({
    ...environment([tenant]),
    DATA_STORAGE: storage.connectionString,
    AZURE_FUNCTIONS_ENVIRONMENT: 'Development',
    ...env,
  });
  const engine = new WaitingEngine(new Date());
  const app = await createApp({ settings, logger: { log: () => {} }, now: engine.now });
  app.jobs.connect(engine);
  engine.host = app;
  const pages = await hostPages();
  const reached: string[] = [];
  const server = await serveHttp(async (request) => {
    const page = pages(request);
    if (page !== undefined) {
      return page;
    }
    const { pathname } = new URL(request.url);
    if (!pathname.endsWith('/mcp')) {
      reached.push(`${request.method} ${pathname}`);
      return new Response(null, { status: 204 });
    }
    // a host asks the service itself, not by a page
    request.headers.delete('origin');
    return await answerOf(app, request);
  });
  return { ...worldOf(server, app, storage), tenant, engine, storage, reached };
}

function worldOf(
  server: HttpServer,
  app: App,
  storage: StorageProxy,
): Pick<CardsWorld, 'origin' | 'sandbox' | 'close'> {
  return {
    origin: `http://127.0.0.1:${server.port}`,
    sandbox: `http://localhost:${server.port}/sandbox`,
    async close() {
      await server.close();
      await app.close();
      await storage.stop();
    },
  };
}

function isInstalled(name: string): boolean {
  try {
    createRequire(import.meta.url).resolve(name);
    return true;
  } catch {
    return false;
  }
}
