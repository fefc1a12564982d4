import { openStorage } from '#platform/storage/connect';
import { HostStartError, messageOf } from '../../lib/errors.ts';
import type { ExtensionContext, HostExtension } from '../extension.ts';
import { answerEmpty } from '../http/call.ts';
import { type FunctionMetadata, type ParameterBinding, triggerOf } from '../worker/rpc.ts';
import { Engine } from './engine.ts';
import type { EngineContext } from './engine-context.ts';
import { findDurableFunctions } from './functions.ts';
import { clientInput } from './links.ts';
import { serveManagement, startRpcServer } from './management-http.ts';
import { createMemoryStore } from './memory-store.ts';
import { Polling } from './polling.ts';
import { type DurableSettings, durableSettings } from './settings.ts';
import { Slots } from './slots.ts';
import type { DurableStore } from './store.ts';
import { openTableStore } from './table-store.ts';

const TRIGGERS = ['orchestrationtrigger', 'activitytrigger'];
const CLIENT_BINDINGS = ['durableclient', 'orchestrationclient'];
const CATEGORY = 'Host.Triggers.DurableTask';
/** Milliseconds that storage gets to answer, on a machine that may be busy: what is given up fails whoever asked for it. */
const STORAGE_WAIT = 30_000;
/** The reason that the real host logs for functions that the extension runs. */
const REASON = '(null)';

export interface DurableOptions {
  /** Hang where the cloud hangs, instead of failing with an explanation. */
  readonly strict: boolean;
}

/**
 * Emulates the Durable Task extension for unchanged `durable-functions`: orchestrators with activities, timers of any length and
 * external events; clients and the management API with start, status, events, terminate, suspend, resume and purge of one instance.
 * What else the extension can do is not emulated, and says so.
 */
export function durableExtension(options: DurableOptions): HostExtension {
  let running: Running | undefined;
  return {
    name: 'durableTask',
    triggers: TRIGGERS,
    inputBindings: CLIENT_BINDINGS,
    async start(context) {
      // An app without durable functions needs no storage.
      if (context.functions.some(isDurable)) {
        running = await startEngine(context, options);
      }
    },
    inputs: (metadata) => running?.inputs(metadata) ?? [],
    async handle(request, response, url) {
      if (running) {
        await running.handle(request, response, url);
      } else {
        answerEmpty(response, 404);
      }
    },
    async stop() {
      await running?.stop();
    },
  };
}

type Running = Pick<HostExtension, 'inputs' | 'handle' | 'stop'>;

async function startEngine(host: ExtensionContext, { strict }: DurableOptions): Promise<Running> {
  const settings = durableSettings(host, process.env);
  const store = await openStore(settings, host);
  const warn = (message: string) => host.log.write('warning', CATEGORY, message);
  const tasks = createBackground(warn);
  const context: EngineContext = {
    store,
    clock: host.clock,
    functions: findDurableFunctions(host.functions),
    orchestratorSlots: new Slots(settings.maxConcurrentOrchestrators),
    activitySlots: new Slots(settings.maxConcurrentActivities),
    strict,
    invoke: (name, request) => host.invoke(name, REASON, request),
    background: tasks.run,
    warn,
    inform: (instanceId, message) =>
      host.log.write('information', CATEGORY, `${instanceId}: ${message} HubName: ${settings.hub}.`),
  };
  const engine = new Engine(context);
  const polling = new Polling(engine, context);
  const links = { hub: settings.hub, code: host.systemKey ?? 'local' };
  const management = { engine, store, links };
  await polling.start();
  const rpc = await startRpcServer(management);
  const client = JSON.stringify(clientInput(host.origin, rpc.origin, links));
  return {
    inputs: (metadata) => clientBindings(metadata, client),
    handle: (request, response, url) => serveManagement(request, response, url, management),
    async stop() {
      polling.stop();
      await engine.stop();
      await tasks.settled();
      rpc.close();
      // If storage does not take it, the lease runs out: that must not keep the app from its own shutdown.
      tasks.run('leave the task hub', () => engine.presence.leave());
      await tasks.settled();
    },
  };
}

/** What nobody waits for: `run` logs a failure, and `settled` resolves when nothing runs any more. */
export function createBackground(warn: (message: string) => void) {
  const running = new Set<Promise<void>>();
  return {
    run(what: string, task: () => Promise<void>): void {
      const done = task()
        .catch((error: unknown) => warn(`Durable functions could not ${what}: ${messageOf(error)}`))
        .finally(() => running.delete(done));
      running.add(done);
    },
    async settled(): Promise<void> {
      while (running.size > 0) {
        await Promise.all(running);
      }
    },
  };
}

function isDurable(metadata: FunctionMetadata): boolean {
  return TRIGGERS.includes(triggerOf(metadata)?.type ?? '') || clientBindings(metadata, '').length > 0;
}

function clientBindings(metadata: FunctionMetadata, client: string): ParameterBinding[] {
  return Object.entries(metadata.bindings)
    .filter(([, { type }]) => CLIENT_BINDINGS.includes(type.toLowerCase()))
    .map(([name]) => ({ name, data: { string: client } }));
}

async function openStore(settings: DurableSettings, { log }: ExtensionContext): Promise<DurableStore> {
  const { hub, storage, storageSetting } = settings;
  if (storage === undefined) {
    log.write(
      'warning',
      CATEGORY,
      `${storageSetting} is not set: orchestrations are kept in memory, and are gone when the host ends.`,
    );
    return createMemoryStore();
  }
  try {
    const opened = await openStorage({
      dataStorage: storage,
      setting: storageSetting,
      callerMs: STORAGE_WAIT,
    });
    return await openTableStore(opened, hub);
  } catch (error) {
    throw new HostStartError(
      `The storage for durable functions cannot be used (${storageSetting}): ${messageOf(error)}`,
    );
  }
}
