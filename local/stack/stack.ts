import path from 'node:path';
import { inspectStorage, loadSeed, prepareSeed, type Stored } from '../../seed/loader.ts';
import { endpointsOf } from '../../shared/settings.ts';
import { openStorage } from '../../shared/storage/connect.ts';
import { compile, projectDir } from '../build/compile.ts';
import { apiApp } from '../identity/directory.ts';
import { startIdentityProvider } from '../identity/provider.ts';
import { startAzurite } from './azurite.ts';
import { type HostProcess, startHostProcess } from './host-process.ts';
import { localTenants } from './tenants.ts';

export interface StackOptions {
  /** Port of the Functions host; 0 takes a free one. */
  readonly port: number;
  /** Keeps everything in memory and leaves the project's own data alone. */
  readonly ephemeral: boolean;
  /** Storage that is already there; without it the stack starts Azurite. */
  readonly dataStorage: string | undefined;
  /** Told what is being done, in a few words, and afterwards what came of it. */
  readonly report: StackReport;
  /** Gets each line that the host prints. */
  readonly onHostLine: (line: string) => void;
}

export interface StackReport {
  step(what: string): void;
  progress(what: string, done: number, total: number): void;
  done(what: string): void;
}

export interface Stack {
  /** Address of the MCP endpoint. */
  readonly url: string;
  /** Connection string of the storage that the stack works on. */
  readonly dataStorage: string;
  /** Resolves when the host is gone, whatever the reason. */
  readonly ended: Promise<number | null>;
  stop(): Promise<void>;
}

const seedNumber = 42;

/** Builds the app and starts all that it needs on this machine; what was started is ended when a later step fails. */
export async function startStack(options: StackOptions): Promise<Stack> {
  const { report } = options;
  const running: (() => Promise<void>)[] = [];
  const stop = async () => {
    for (const end of running.splice(0).reverse()) await end();
  };
  try {
    report.step('Building');
    await compile();
    report.done('Built');
    const connection = options.dataStorage ?? (await startStorage(options, running));
    await seedIfEmpty(connection, report);
    const identity = await startIdentityProvider();
    running.push(identity.stop);
    report.done(`Identity provider at ${identity.origin}`);
    const host = await startHost(connection, identity.origin, options);
    running.push(host.stop);
    const origin = `http://localhost:${host.port}`;
    for (const endpoint of Object.values(endpointsOf(origin))) identity.addResource(endpoint);
    report.done(`Functions host at ${origin}`);
    return { url: endpointsOf(origin).mcp, dataStorage: connection, ended: host.ended, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startStorage(options: StackOptions, running: (() => Promise<void>)[]): Promise<string> {
  options.report.step('Starting Azurite');
  const dir = path.join(projectDir, '.local', 'azurite');
  const azurite = await startAzurite({ port: 0, ...(options.ephemeral ? {} : { dir }) });
  running.push(azurite.stop);
  options.report.done(
    `Azurite at 127.0.0.1:${azurite.port}, ${options.ephemeral ? 'in memory' : 'data in .local/azurite'}`,
  );
  return azurite.connectionString;
}

/** Data that is there already stays as it is, whatever wrote it. */
async function seedIfEmpty(dataStorage: string, report: StackReport): Promise<void> {
  const storage = await openStorage({ dataStorage });
  const asOf = new Date().toISOString().slice(0, 10);
  for (const { slug } of localTenants) {
    const seed = prepareSeed({ asOf, seed: seedNumber, tenant: slug });
    const stored = await inspectStorage(storage, seed);
    if (stored === 'nothing' || stored === 'unfinished') {
      report.step(`Writing the demo data of ${slug}`);
      await loadSeed(storage, seed, {
        now: () => new Date(),
        onProgress: (done, total) => report.progress(`Writing the demo data of ${slug}`, done, total),
      });
    }
    report.done(`${slug}: ${describeData(stored, asOf)}`);
  }
}

function describeData(stored: Stored, asOf: string): string {
  switch (stored) {
    case 'nothing':
    case 'unfinished':
      return `demo data as of ${asOf} written`;
    case 'this seed':
      return `demo data as of ${asOf}`;
    case 'another seed':
      return 'demo data of an earlier day, kept; npm run seed -- --force writes it anew as of today';
    case 'foreign data':
      return 'data that is not a seed, kept';
  }
}

async function startHost(
  connection: string,
  authority: string,
  { port, report, onHostLine }: StackOptions,
): Promise<HostProcess> {
  report.step('Starting the Functions host');
  return await startHostProcess({
    port,
    onLine: onHostLine,
    env: {
      AzureWebJobsStorage: connection,
      DATA_STORAGE: connection,
      AUTH_MODE: 'jwt',
      AUTHORITY: authority,
      MCP_API_AUDIENCE: apiApp.clientId,
      TENANTS: JSON.stringify(localTenants),
    },
  });
}
