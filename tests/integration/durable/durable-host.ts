import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { openTableStore } from '#emulators/host/durable/table-store';
import { openStorage } from '#platform/storage/connect';
import { testDataStorage } from '../../support/azurite.ts';
import { type HostProcess, startHostProcess } from '../../support/host-process.ts';

import { isFinished, type Links, type Status } from './durable-status.ts';

export const FIXTURE = path.join(import.meta.dirname, 'fixtures/jobs');
const STATUS_TIMEOUT_MS = 50_000;
/** How long between two looks, in milliseconds. */
const INTERVAL = 20;
/** How much of the host's log a failure shows. */
const LOG_CHARACTERS = 3000;

/** The fixture app's own ways to its durable client. */
export interface DurableApp {
  /** Starts an orchestration through the app; the raw answer. */
  post(name: string, options?: StartOptions): Promise<Response>;
  start(name: string, options?: StartOptions): Promise<Links>;
  /** Calls a method of the durable client inside the app. Throws an Error with the message of what it throws. */
  client(method: string, ...args: unknown[]): Promise<unknown>;
  /** The status that the durable client sees inside the app. */
  status(id: string): Promise<Status>;
  /** Resolves when the status is as wanted, finished by default. */
  until(id: string, wanted?: (status: Status) => boolean): Promise<Status>;
  /** Starts an orchestration and waits for its end. */
  run(name: string, options?: StartOptions): Promise<Status>;
  /** Asks the management API that clients use. */
  webhook(path: string, init?: RequestInit): Promise<Response>;
}

/** A host process that runs the fixture app. */
export type DurableHost = HostProcess & DurableApp;

export interface StartOptions {
  readonly instanceId?: string;
  readonly input?: unknown;
}

export interface HostSettings {
  readonly hub?: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** How long a status may take to become what a test waits for, in milliseconds. */
  readonly statusTimeoutMs?: number;
}

/** The name of a task hub that nobody else uses. */
export function freshHub(): string {
  return `Hub${randomBytes(6).toString('hex')}`;
}

/** A task hub of its own in the Azurite of this run, for engines inside this process. */
export async function freshStore() {
  return await openTableStore(await openStorage({ dataStorage: testDataStorage() }), freshHub());
}

/** Starts a host process with the fixture app, on the Azurite of this run. */
export async function startDurableHost(settings: HostSettings = {}): Promise<DurableHost> {
  const { hub = freshHub(), args = [], env = {} } = settings;
  const host = await startHostProcess(FIXTURE, {
    args,
    env: {
      AzureWebJobsStorage: testDataStorage(),
      AzureFunctionsJobHost__extensions__durableTask__hubName: hub,
      ...env,
    },
  });
  return { ...host, ...durableApp(host, settings.statusTimeoutMs) };
}

/**
 * @param host one that runs the fixture app, wherever it runs
 * @param statusTimeoutMs how long a status may take to become what a test waits for, in milliseconds
 * @param intervalMs how long between two looks
 */
export function durableApp(
  host: Pick<HostProcess, 'url' | 'output'>,
  statusTimeoutMs = STATUS_TIMEOUT_MS,
  intervalMs = INTERVAL,
): DurableApp {
  const send = (route: string, body: unknown) =>
    fetch(`${host.url}/api/${route}`, { method: 'POST', body: JSON.stringify(body) });
  // a function that fails answers 500 and no word; what failed is in the host's log
  const jsonOf = async (response: Response): Promise<unknown> => {
    const text = await response.text();
    try {
      return JSON.parse(text);
    } catch {
      throw new Error(
        `${response.url} answered ${response.status} "${text}"\n${host.output().slice(-LOG_CHARACTERS)}`,
      );
    }
  };
  const durable: DurableApp = {
    post: (name, options = {}) => send(`start/${name}`, options),
    async start(name, options) {
      return (await jsonOf(await durable.post(name, options))) as Links;
    },
    async client(method, ...args) {
      const { value, error } = (await jsonOf(await send(`client/${method}`, args))) as Record<
        string,
        unknown
      >;
      if (error !== undefined) {
        throw new Error(String(error));
      }
      return value;
    },
    async status(id) {
      return (await durable.client('getStatus', id)) as Status;
    },
    async until(id, wanted = isFinished) {
      const deadline = Date.now() + statusTimeoutMs;
      for (;;) {
        const status = await durable.status(id);
        if (wanted(status)) {
          return status;
        }
        if (Date.now() > deadline) {
          throw new Error(
            `${id} is still ${JSON.stringify(status)}\n${host.output().slice(-LOG_CHARACTERS)}`,
          );
        }
        await new Promise((resolve) => setTimeout(resolve, intervalMs));
      }
    },
    async run(name, options) {
      return await durable.until((await durable.start(name, options)).id);
    },
    webhook: (route, init) => fetch(`${host.url}/runtime/webhooks/durabletask/${route}`, init),
  };
  return durable;
}
