import { expect } from 'vitest';
import { diagnosisJob } from '#contoso/diagnosis/job';
import { simulatedProbe } from '#contoso/diagnosis/simulated-probe';
import type { StepInput } from '#contoso/diagnosis/step-contract';
import { orchestrate } from '#platform/jobs/orchestrator';
import type {
  Orchestration,
  OrchestrationClient,
  OrchestrationStatus,
  RuntimeStatus,
} from '#platform/jobs/ports';
import type { Progress } from '#platform/jobs/progress';

type RunStep = (input: StepInput) => Promise<unknown>;
/** The body of an orchestration. */
type Orchestrate = (work: Orchestration<Wait>) => Generator<Wait, unknown, unknown>;
/** What the orchestrator waits for. */
export type Wait = { readonly step: StepInput } | { readonly until: Date };
type Event = { readonly result: unknown } | { readonly error: Error };

/** One instance with its history: everything that a replay needs. */
interface Instance {
  readonly input: unknown;
  readonly waits: Wait[];
  readonly events: Event[];
  /** Times of the turns; one more than there are events. */
  readonly times: Date[];
  reports: Progress[];
  runtimeStatus: RuntimeStatus;
  output: unknown;
}

interface Turn {
  readonly reports: Progress[];
  readonly waits: Wait[];
  readonly output: unknown;
  readonly isDone: boolean;
}

/** The diagnosis as its orchestrator sees it, which never touches data. */
export const bareDiagnosis = diagnosisJob({
  probe: simulatedProbe,
  seconds: 45,
  storeOf: () => {
    throw new Error('An orchestrator reads no data.');
  },
});

/** As many times as the functions app tries. */
const attempts = 3;
const second = 1000;

/**
 * A durable engine in this process. Like the real one it runs the orchestrator from its beginning at every turn and
 * hands it the history; a replay that does something else than the turn before fails the test. Instances stand still
 * until the test moves them, and its clock moves with the work: a step takes a second, a timer jumps to its time.
 */
export class ReplayingEngine implements OrchestrationClient {
  readonly instances = new Map<string, Instance>();
  /** How often each method was called. */
  readonly calls = { start: 0, status: 0, terminate: 0, purge: 0 };
  /** Makes every call fail. */
  down = false;
  readonly #runStep: RunStep;
  readonly #orchestrate: Orchestrate;
  #now: Date;

  constructor(
    runStep: RunStep,
    now: Date,
    orchestrateJob: Orchestrate = (work) => orchestrate<Wait>(bareDiagnosis, work),
  ) {
    this.#runStep = runStep;
    this.#now = now;
    this.#orchestrate = orchestrateJob;
  }

  async start(_name: string, id: string, input: unknown): Promise<void> {
    this.#note('start');
    if (this.instances.has(id)) {
      return;
    }
    this.instances.set(id, {
      input: JSON.parse(JSON.stringify(input)),
      waits: [],
      events: [],
      times: [this.#now],
      reports: [],
      runtimeStatus: 'Pending',
      output: null,
    });
  }

  async status(id: string): Promise<OrchestrationStatus | undefined> {
    this.#note('status');
    const instance = this.instances.get(id);
    if (instance === undefined) {
      return undefined;
    }
    const { runtimeStatus, output, reports, times } = instance;
    const updatedAt = times.at(-1) ?? this.#now;
    return { runtimeStatus, output, customStatus: reports.at(-1) ?? null, updatedAt };
  }

  async raise(): Promise<void> {
    expect.fail('No job waits for an event.');
  }

  async terminate(id: string): Promise<void> {
    this.#note('terminate');
    const instance = this.instances.get(id);
    if (instance && isLive(instance)) {
      instance.runtimeStatus = 'Terminated';
    }
  }

  async purge(id: string): Promise<void> {
    this.#note('purge');
    this.instances.delete(id);
  }

  /** Moves an instance on by some waits, or to its end. */
  async advance(id: string, waits = Number.POSITIVE_INFINITY): Promise<void> {
    const instance = this.instances.get(id);
    if (instance === undefined) {
      throw new Error(`There is no instance ${id}.`);
    }
    for (let done = 0; done < waits && isLive(instance); done += 1) {
      await this.#turn(id, instance);
    }
  }

  async #turn(id: string, instance: Instance): Promise<void> {
    const turn = replay(id, instance, this.#orchestrate);
    const before = instance.waits.length;
    expect(turn.waits.slice(0, before), 'a replay waits for the same').toEqual(instance.waits);
    expect(turn.reports.slice(0, instance.reports.length), 'a replay reports the same').toEqual(
      instance.reports,
    );
    instance.reports = turn.reports;
    instance.runtimeStatus = turn.isDone ? 'Completed' : 'Running';
    instance.output = turn.isDone ? turn.output : null;
    const wait = turn.waits[before];
    if (wait === undefined) {
      return;
    }
    instance.waits.push(structuredClone(wait));
    const event = await this.#happen(wait);
    instance.events.push(event);
    instance.times.push(this.#now);
  }

  async #happen(wait: Wait): Promise<Event> {
    if ('until' in wait) {
      this.#now = wait.until;
      return { result: undefined };
    }
    this.#now = new Date(this.#now.getTime() + second);
    for (let attempt = 1; ; attempt += 1) {
      try {
        return { result: JSON.parse(JSON.stringify(await this.#runStep(wait.step))) };
      } catch (error) {
        if (attempt === attempts) {
          return { error: error as Error };
        }
      }
    }
  }

  #note(method: keyof typeof this.calls): void {
    this.calls[method] += 1;
    if (this.down) {
      throw new Error('The engine is down.');
    }
  }
}

function isLive({ runtimeStatus }: Instance): boolean {
  return runtimeStatus === 'Pending' || runtimeStatus === 'Running';
}

/** Runs the orchestrator from its beginning to the first wait that the history has no event for. */
function replay(id: string, { input, events, times }: Instance, orchestrateJob: Orchestrate): Turn {
  const reports: Progress[] = [];
  const waits: Wait[] = [];
  let position = 0;
  const generator = orchestrateJob({
    instanceId: id,
    input,
    now: () => times[position] ?? new Date(Number.NaN),
    report: (progress) => void reports.push(progress),
    step: (step) => ({ step: step as unknown as StepInput }),
    until: (until) => ({ until }),
    race: () => expect.fail('No job waits for an event.'),
  });
  let next = generator.next();
  while (!next.done) {
    waits.push(next.value);
    const event = events[position];
    if (event === undefined) {
      return { reports, waits, output: undefined, isDone: false };
    }
    position += 1;
    next = 'error' in event ? generator.throw(event.error) : generator.next(event.result);
  }
  return { reports, waits, output: next.value, isDone: true };
}
