import http from 'node:http';
import https from 'node:https';
import type { TableClient, TableServiceClientOptions } from '@azure/data-tables';
import { once } from '../caching/once.ts';
import { sendInSpan } from '../telemetry/storage-use.ts';
import { connectionStringsIn, keyIn, tablesOf } from './connection-string.ts';
import { noteRoundTrip } from './round-trips.ts';
import { request, Table } from './table.ts';
import { RowBatches } from './upsert-batch.ts';

/** A storage account, shared by all tenants of the deployment; connections are kept alive and reused. */
export interface Storage {
  /** The table of that name; made once, so that asking again is free. */
  table(name: string): Table;
  /** Names of all tables of the account, in order; one round trip per thousand. For commands. */
  tableNames(): Promise<readonly string[]>;
  /** Loads the library that requests need, and sends nothing; free once that is done. */
  load(): Promise<void>;
  /** One round trip. @throws Unavailable when storage does not answer or refuses this service. */
  ping(): Promise<void>;
}

const pingMilliseconds = 3_000;

/** For storage on this machine: given an agent, the library looks for no proxy in the environment. */
const directAgents = {
  'http:': new http.Agent({ keepAlive: true }),
  'https:': new https.Agent({ keepAlive: true }),
};

/**
 * Opens storage; sends nothing yet, and loads no library before the first request.
 * @param setting the name of the setting that is quoted when its value is wrong
 * @param dataStorage a connection string (several of one account, comma-separated, while its key is renewed), or an
 *   account URL such as `https://NAME.table.core.windows.net`, which is used with the managed identity (or whatever else `DefaultAzureCredential` finds)
 * @param callerMs longest wait for an answer in milliseconds, retries included, where people do not wait for 6 s
 * @throws RangeError with one sentence when it is neither, or would send data unencrypted over a network
 */
export async function openStorage({
  dataStorage,
  setting = 'DATA_STORAGE',
  callerMs,
}: {
  readonly dataStorage: string;
  readonly setting?: string;
  readonly callerMs?: number;
}): Promise<Storage> {
  const url = urlOf(dataStorage, setting);
  const way = wayTo(url, setting);
  const account = once(async () => await (await import('./account.ts')).openAccount(dataStorage));
  const tables = new Map<string, Table>();
  const openTable = (name: string) => {
    const batches = new RowBatches();
    const clients = once(async () => {
      const { table } = await account();
      const options = clientOptions(way, batches, name);
      let unrepeated: TableClient | undefined;
      return {
        retrying: table(name, options.retrying),
        // made with the first change: most processes only read most of their tables
        get once() {
          unrepeated ??= table(name, options.once);
          return unrepeated;
        },
      };
    });
    return new Table(clients, batches, callerMs);
  };
  const service = once(async () => (await account()).service(clientOptions(way, new RowBatches()).retrying));
  return {
    table(name) {
      const table = tables.get(name) ?? openTable(name);
      tables.set(name, table);
      return table;
    },
    async tableNames() {
      const names: string[] = [];
      for await (const { name } of (await service()).listTables()) {
        names.push(name ?? '');
      }
      return names.sort();
    },
    async load() {
      await account();
    },
    async ping() {
      const client = await service();
      await request('read', pingMilliseconds, (deadline) =>
        client.listTables(deadline).byPage({ maxPageSize: 1 }).next(),
      );
    },
  };
}

/** @throws RangeError that repeats nothing of the text: it may hold a key */
function urlOf(text: string, setting: string): URL {
  if (!text.startsWith('https://')) {
    const texts = connectionStringsIn(text);
    const [url, ...others] = texts.map(tablesOf);
    if (url === undefined || others.includes(undefined)) {
      throw new RangeError(
        `${setting} must be a connection string ("DefaultEndpointsProtocol=…;AccountName=…;AccountKey=…") or an account URL like https://NAME.table.core.windows.net.`,
      );
    }
    const accounts = new Set(texts.map((one) => keyIn(one)?.name));
    if (
      others.length > 0 &&
      (accounts.size > 1 || accounts.has(undefined) || others.some((one) => one?.href !== url.href))
    ) {
      throw new RangeError(
        `${setting} has several connection strings; they must be of one account, each with a key of it: both while one key is renewed.`,
      );
    }
    return url;
  }
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || url.pathname !== '/' || url.search !== '' || url.username !== '') {
    throw new RangeError(
      `${setting} must be a connection string or an account URL like https://NAME.table.core.windows.net, with nothing after the host.`,
    );
  }
  return url;
}

type Way = Pick<TableServiceClientOptions, 'allowInsecureConnection' | 'agent'>;

/** How the account is reached: without TLS and without a proxy only when the way there does not leave this machine. */
function wayTo({ protocol, hostname }: URL, setting: string): Way {
  const isLoopback = ['127.0.0.1', 'localhost', '[::1]'].includes(hostname);
  if (protocol === 'https:') {
    return isLoopback ? { agent: directAgents[protocol] } : {};
  }
  if (!isLoopback) {
    throw new RangeError(
      `${setting} uses http to another machine; use https, or http to 127.0.0.1 for a local Azurite.`,
    );
  }
  return { allowInsecureConnection: true, agent: directAgents['http:'] };
}

function clientOptions(
  way: Way,
  batches: RowBatches,
  table?: string,
): Record<'retrying' | 'once', TableServiceClientOptions> {
  const common: TableServiceClientOptions = {
    ...way,
    additionalPolicies: [{ policy: everyAttempt(batches, table), position: 'perRetry' }],
  };
  return {
    retrying: {
      ...common,
      retryOptions: { maxRetries: 2, retryDelayInMs: 100, maxRetryDelayInMs: 1_000 },
    },
    once: { ...common, retryOptions: { maxRetries: 0 } },
  };
}

type PipelinePolicy = NonNullable<TableServiceClientOptions['additionalPolicies']>[number]['policy'];

/** Every request that is really sent, repetitions included. @param table name of the table it is for, if it is for one */
function everyAttempt(batches: RowBatches, table: string | undefined): PipelinePolicy {
  return {
    name: 'everyAttempt',
    sendRequest(message, next) {
      noteRoundTrip();
      if (typeof message.body === 'string') {
        message.body = escapeLineSeparators(batches.bodyOf(message) ?? message.body);
        // Signing measured the body as it was; without the header it is measured again when it is sent.
        message.headers.delete('Content-Length');
      }
      return sendInSpan(message, table, () => next(message));
    },
  };
}

/** The same JSON without raw U+2028 and U+2029: Azurite reads a transaction line by line and takes them for line ends. */
function escapeLineSeparators(body: string): string {
  // most bodies hold neither, and are told so without being looked through
  if (!(body.includes('\u2028') || body.includes('\u2029'))) {
    return body;
  }
  return body.replace(/[\u2028\u2029]/g, (separator) => (separator === '\u2028' ? '\\u2028' : '\\u2029'));
}
