import { afterEach } from 'vitest';
import { systemClock } from '#emulators/host/clock';
import { Engine } from '#emulators/host/durable/engine';
import type { EngineContext } from '#emulators/host/durable/engine-context';
import { createBackground } from '#emulators/host/durable/extension';
import { findDurableFunctions } from '#emulators/host/durable/functions';
import { Polling } from '#emulators/host/durable/polling';
import { type Action, EventType, type HistoryEvent } from '#emulators/host/durable/protocol';
import { Slots } from '#emulators/host/durable/slots';
import type { DurableStore } from '#emulators/host/durable/store';

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) {
    await stop();
  }
});

const FUNCTIONS = findDurableFunctions([
  ...['listener', 'collector'].map((name) => ({
    name,
    bindings: { context: { type: 'orchestrationTrigger', direction: 'in' as const } },
  })),
  { name: 'step', bindings: { input: { type: 'activityTrigger', direction: 'in' as const } } },
]);

/** What the library would answer: a listener waits for an event and then an activity, a collector for events. */
const ORCHESTRATORS: Record<string, (history: HistoryEvent[]) => { actions: Action[]; output?: unknown }> = {
  collector: () => ({ actions: [{ actionType: 6 }] }),
  listener: (history) => {
    const [raised] = history.filter(({ EventType: type }) => type === EventType.EventRaised);
    const done = history.find(({ EventType: type }) => type === EventType.TaskCompleted);
    const wait = { actionType: 6 };
    const step = { actionType: 0, functionName: 'step', input: raised?.Input };
    return {
      actions: raised ? [wait, step] : [wait],
      ...(done && { output: JSON.parse(done.Result ?? 'null') }),
    };
  },
};

/** An engine in this process, over functions that answer by hand; it ends with the test. */
export async function startEngine(store: DurableStore) {
  const warnings: string[] = [];
  const warn = (message: string) => warnings.push(message);
  const background = createBackground(warn);
  const invoke = async (name: string, request: { inputData?: readonly { data: { string?: string } }[] }) => {
    const text = request.inputData?.[0]?.data.string ?? '';
    const orchestrator = ORCHESTRATORS[name];
    const answer = orchestrator?.(JSON.parse(text).history);
    const json = answer
      ? JSON.stringify({ isDone: 'output' in answer, actions: [answer.actions], output: answer.output })
      : JSON.stringify(`did ${text}`);
    return { result: undefined, response: { invocationId: '1', returnValue: { json } } };
  };
  const context: EngineContext = {
    store,
    clock: systemClock,
    functions: FUNCTIONS,
    orchestratorSlots: new Slots(10),
    activitySlots: new Slots(10),
    strict: false,
    invoke,
    background: background.run,
    warn,
    inform: () => {},
  };
  const engine = new Engine(context);
  const polling = new Polling(engine, context);
  await polling.start();
  const stop = async () => {
    polling.stop();
    await engine.stop();
    await background.settled();
    await engine.presence.leave();
  };
  stops.push(stop);
  return { engine, warnings, stop };
}
