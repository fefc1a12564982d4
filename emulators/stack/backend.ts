import { existsSync } from 'node:fs';
import path from 'node:path';
import { openStorage } from '#platform/storage/connect';
import { backendTenant } from '../../gateway/backend-tenant.ts';
import type { RegisteredTenant } from '../../gateway/registry.ts';
import { localData } from '../../seed/deployed.ts';
import { apiApp, proxyApp } from '../identity/directory.ts';
import { type Azurite, startAzurite } from './azurite.ts';
import { type FirstData, firstDataOf } from './first-data.ts';
import type { KeptPorts } from './kept-ports.ts';
import type { StackReport } from './report.ts';
import { RestartableHost } from './restartable-host.ts';
import type { Running } from './running.ts';

export interface BackendOptions {
  /** Of the backend, and of the folder that its data is in. */
  readonly id: string;
  /** The tenants that it serves. */
  readonly tenants: readonly RegisteredTenant[];
  /** Storage that is already there; without it the backend has an Azurite of its own. */
  readonly dataStorage: string | undefined;
  /** Folder that its storage has a part of; undefined keeps all in memory. */
  readonly dir: string | undefined;
  readonly ports: KeptPorts;
  /** Address of the identity provider. */
  readonly authority: string;
  /** Address under which clients reach it through the gateway. */
  readonly publicBaseUrl: string;
  /** What the gateway shows. */
  readonly gatewayKey: string;
  /** Secret that all instances share. */
  readonly signingKey: string;
  /** Further settings, such as how long a diagnosis takes. */
  readonly settings: Readonly<Record<string, string>>;
  readonly report: StackReport;
  /** Gives the start up. */
  readonly signal?: AbortSignal;
  readonly onLine: (line: string) => void;
}

/** A Functions host with its own data and settings, which nobody but the gateway may call. */
export interface Backend {
  readonly origin: string;
  readonly dataStorage: string;
  /** Resolves when the host has ended by itself. */
  readonly ended: Promise<void>;
  /** Kills the host without warning, and starts it again on the same port and data. */
  crash(): Promise<void>;
}

/** Starts what a backend needs and then the backend; `running` learns of each part, for the end. */
export async function startBackend(options: BackendOptions, running: Running): Promise<Backend> {
  const { id, report, signal } = options;
  const dataStorage = await storageOf(options, running);
  report.step(`Starting the backend ${id}`);
  const host = await RestartableHost.start({
    onLine: options.onLine,
    env: settingsOf(options, dataStorage),
    ...(signal && { signal }),
  });
  running.add(() => host.stop());
  report.done(`Backend ${id}: Functions host at ${host.origin}`);
  return { origin: host.origin, dataStorage, ended: host.ended, crash: () => host.crash() };
}

function settingsOf(options: BackendOptions, dataStorage: string): Record<string, string> {
  return {
    AzureWebJobsStorage: dataStorage,
    DATA_STORAGE: dataStorage,
    AUTH_MODE: 'jwt',
    AUTHORITY: options.authority,
    MCP_API_AUDIENCE: apiApp.clientId,
    TENANTS: JSON.stringify(options.tenants.map(backendTenant)),
    ...(options.tenants.some(({ signIn }) => signIn === 'proxy') ? proxySettings : {}),
    ...(options.tenants.some(({ signIn }) => signIn === 'own') ? { SIGN_IN: 'own' } : {}),
    PUBLIC_BASE_URL: options.publicBaseUrl,
    GATEWAY_KEY: options.gatewayKey,
    STATE_SIGNING_KEY: options.signingKey,
    ...options.settings,
  };
}

/** Of a backend that stands between its tenants' clients and the identity provider. */
const proxySettings = {
  SIGN_IN: 'proxy',
  SIGN_IN_CLIENT_ID: proxyApp.clientId,
  SIGN_IN_CLIENT_SECRET: proxyApp.secret,
};

async function storageOf(options: BackendOptions, running: Running): Promise<string> {
  if (options.dataStorage === undefined) {
    return await startFilledStorage(options, running);
  }
  await fillStorage(options.dataStorage, options);
  return options.dataStorage;
}

/** What has no data yet begins, after the first time, with a copy of what was written then. */
async function startFilledStorage(options: BackendOptions, running: Running): Promise<string> {
  const { id, dir, tenants, report, signal } = options;
  const place = dir && path.join(dir, 'azurite', id);
  const isNew = place === undefined || !existsSync(place);
  const first = isNew ? await firstDataOf(tenants, undefined, signal) : undefined;
  try {
    const azurite = await startStorage(options, running, place, first);
    if (first?.file === undefined) {
      await fillStorage(azurite.connectionString, options);
      await first?.keep(azurite);
    } else {
      // from the same sources: to make the records again, and see that they are these, takes a second
      const [day] = new Date().toISOString().split('T');
      report.done(`${tenants.map(({ slug }) => slug).join(', ')}: a copy of the first records as of ${day}`);
    }
    return azurite.connectionString;
  } finally {
    await first?.release();
  }
}

/** @param place the folder of its data; undefined in memory */
async function startStorage(
  { id, ports, report, signal }: BackendOptions,
  running: Running,
  place: string | undefined,
  first: FirstData | undefined,
): Promise<Azurite> {
  report.step(`Starting Azurite for ${id}`);
  const { service: azurite, missed } = await ports.place(`azurite-${id}`, (port) =>
    startAzurite({ port, ...(place && { dir: place }), copyOf: first?.file, ...(signal && { signal }) }),
  );
  running.add(azurite.stop);
  const where = place === undefined ? 'in memory' : `data in ${path.relative('.', place)}`;
  const moved = missed === undefined ? '' : ` (port ${missed}, where it was, is taken)`;
  report.done(`Azurite for ${id} at 127.0.0.1:${azurite.port}${moved}, ${where}`);
  return azurite;
}

async function fillStorage(dataStorage: string, { tenants, report, signal }: BackendOptions): Promise<void> {
  const storage = await openStorage({ dataStorage });
  for (const { slug } of tenants) {
    signal?.throwIfAborted();
    report.done(`${slug}: ${await localData.fill(storage, slug, report, signal)}`);
  }
}
