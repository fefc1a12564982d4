import { openStorage } from '#platform/storage/connect';
import { HostStartError, messageOf } from '../../lib/errors.ts';
import type { ExtensionContext, HostExtension } from '../extension.ts';
import { answerEmpty } from '../http/call.ts';
import { type FunctionMetadata, type ParameterBinding, triggerOf } from '../worker/rpc.ts';
import { createBackground } from './background.ts';
import { Engine } from './engine.ts';
import type { EngineContext } from './engine-context.ts';
import { findDurableFunctions } from './functions.ts';
import { clientInput, WEBHOOK_PATH } from './links.ts';
import { serveManagement, startRpcServer } from './management-http.ts';
import { createMemoryStore } from './memory-store.ts';
import type { Invoke } from './orchestrator.ts';
import { Polling } from './polling.ts';
import { type DurableSettings, durableSettings } from './settings.ts';
import { Slots } from './slots.ts';
import type { DurableStore } from './store.ts';
import { openTableStore } from './table-store.ts';

const TRIGGERS = ['orchestrationtrigger', 'activitytrigger'];
const CLIENT_BINDINGS = ['durableclient', 'orchestrationclient'];
const CATEGORY = 'Host.Triggers.DurableTask';
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
  const tasks = createBackground((message) => host.log.write('warning', CATEGORY, message));
  const invoke: Invoke = (name, request) => host.invoke(name, REASON, request);
  const orchestratorSlots = new Slots(settings.maxConcurrentOrchestrators);
  const functions = findDurableFunctions(host.functions);
  const context: EngineContext = {
    store,
    clock: host.clock,
    functions,
    invoke,
    activitySlots: new Slots(settings.maxConcurrentActivities),
    turns: {
      functions,
      strict,
      invoke: (name, request) => orchestratorSlots.run(() => invoke(name, request)),
      warn: (message) => host.log.write('warning', CATEGORY, message),
    },
    background: tasks.run,
    inform: (instanceId, message) =>
      host.log.write('information', CATEGORY, `${instanceId}: ${message} HubName: ${settings.hub}.`),
  };
  const engine = new Engine(context);
  const polling = new Polling(engine, context);
  const links = { hub: settings.hub, code: host.systemKey ?? 'local' };
  const management = { engine, links };
  await polling.start();
  const rpc = await startRpcServer(host.origin, management);
  const client = JSON.stringify(clientInput(host.origin, rpc.baseUrl, links));
  return {
    inputs: (metadata) => clientBindings(metadata, client),
    async handle(request, response, url) {
      const where = { base: `${WEBHOOK_PATH}/`, origin: url.origin };
      await serveManagement(request, response, url, where, management);
    },
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
    return await openTableStore(await openStorage({ dataStorage: storage, setting: storageSetting }), hub);
  } catch (error) {
    throw new HostStartError(
      `The storage for durable functions cannot be used (${storageSetting}): ${messageOf(error)}`,
    );
  }
}
