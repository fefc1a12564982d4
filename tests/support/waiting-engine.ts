import type { StepInput } from '#platform/jobs/definition';
import type { RegisteredJob } from '#platform/jobs/deployment-jobs';
import type { Orchestration, OrchestrationClient, OrchestrationStatus } from '#platform/jobs/ports';

type Wait =
  | { readonly step: StepInput }
  | { readonly until: Date }
  | { readonly event: string; readonly until: Date };

interface Happened {
  readonly at: Date;
  readonly value?: unknown;
  readonly error?: Error;
  readonly came?: boolean;
}

interface Instance {
  readonly name: string;
  readonly input: unknown;
  readonly history: Happened[];
  readonly raised: string[];
  readonly startedAt: Date;
  status: OrchestrationStatus['runtimeStatus'];
  /** What the orchestrator published last. */
  published: unknown;
  output: unknown;
}

/**
 * A durable engine in this process, with a clock that the test moves. Like the real one it keeps a history, and runs an
 * orchestrator from its beginning at every turn. It outlives the hosts that run its turns: `host` is the one that does now.
 */
export class WaitingEngine implements OrchestrationClient {
  readonly instances = new Map<string, Instance>();
  /** The app that has the turns; nothing moves while there is none. */
  host: { readonly jobs: { readonly registered: readonly RegisteredJob[] } } | undefined;
  /** Makes every call fail. */
  down = false;
  /** Milliseconds by which timers fire too early, as Azure's may. */
  early = 0;
  #now: Date;

  constructor(now: Date) {
    this.#now = now;
  }

  readonly now = (): Date => this.#now;

  async start(name: string, id: string, input: unknown): Promise<void> {
    this.#answers();
    if (!this.instances.has(id)) {
      const kept = JSON.parse(JSON.stringify(input)) as unknown;
      const instance: Instance = {
        ...{ name, input: kept, history: [], raised: [], startedAt: this.#now },
        ...{ status: 'Running', published: null, output: null },
      };
      this.instances.set(id, instance);
    }
  }

  async raise(id: string, event: string): Promise<void> {
    this.#answers();
    this.instances.get(id)?.raised.push(event);
  }

  async status(id: string): Promise<OrchestrationStatus | undefined> {
    this.#answers();
    const found = this.instances.get(id);
    return (
      found && {
        ...{ runtimeStatus: found.status, customStatus: found.published },
        ...{ output: found.output, updatedAt: this.#now },
      }
    );
  }

  async terminate(id: string): Promise<void> {
    this.#answers();
    const found = this.instances.get(id);
    if (found?.status === 'Running') {
      found.status = 'Terminated';
    }
  }

  async purge(id: string): Promise<void> {
    this.#answers();
    this.instances.delete(id);
  }

  /** Does what is due now. */
  async run(): Promise<void> {
    for (const [id, instance] of this.instances) {
      while (instance.status === 'Running' && this.host !== undefined && (await this.#turn(id, instance))) {
        // goes on for as long as something happens
      }
    }
  }

  /** Moves the clock to a time, and does what is due on the way in its order. */
  async advanceTo(time: Date): Promise<void> {
    await this.run();
    for (let next = this.#nextDue(); next !== undefined && next <= time; next = this.#nextDue()) {
      this.#now = new Date(Math.max(next.getTime(), this.#now.getTime()));
      await this.run();
    }
    this.#now = new Date(Math.max(time.getTime(), this.#now.getTime()));
    await this.run();
  }

  #nextDue(): Date | undefined {
    if (this.host === undefined) {
      return undefined;
    }
    const moments = [...this.instances].flatMap(([id, instance]) => {
      const wait = instance.status === 'Running' ? this.#replay(id, instance).waits : undefined;
      return wait !== undefined && 'until' in wait ? [this.#fires(wait.until)] : [];
    });
    return moments.sort((a, b) => a.getTime() - b.getTime())[0];
  }

  #fires(until: Date): Date {
    return new Date(until.getTime() - this.early);
  }

  async #turn(id: string, instance: Instance): Promise<boolean> {
    const turn = this.#replay(id, instance);
    if (turn.waits === undefined) {
      instance.status = 'Completed';
      instance.output = turn.output;
      return false;
    }
    const happened = await this.#happen(turn.waits, instance);
    if (happened !== undefined) {
      instance.history.push(happened);
    }
    return happened !== undefined;
  }

  async #happen(wait: Wait, instance: Instance): Promise<Happened | undefined> {
    const at = this.#now;
    if ('step' in wait) {
      try {
        const value = await this.#jobOf(instance).runStep(JSON.parse(JSON.stringify(wait.step)));
        return { at, value: JSON.parse(JSON.stringify(value)) };
      } catch (error) {
        return { at, error: error as Error };
      }
    }
    const place = 'event' in wait ? instance.raised.indexOf(wait.event) : -1;
    if (place >= 0) {
      instance.raised.splice(place, 1);
      return { at, came: true };
    }
    return this.#fires(wait.until) <= at ? { at, came: false } : undefined;
  }

  #jobOf({ name }: Instance): RegisteredJob {
    const job = this.host?.jobs.registered.find(({ orchestration }) => orchestration === name);
    if (job === undefined) {
      throw new Error(`No orchestration ${name} is registered.`);
    }
    return job;
  }

  #replay(id: string, instance: Instance): { readonly waits?: Wait; readonly output?: unknown } {
    const { history, startedAt, input } = instance;
    let position = 0;
    const work: Orchestration<Wait> = {
      instanceId: id,
      input,
      now: () => history[position - 1]?.at ?? startedAt,
      report: (published) => {
        instance.published = published;
      },
      step: (step) => ({ step }),
      until: (until) => ({ until }),
      race: (event, until) => ({
        wait: { event, until },
        came: () => history[position - 1]?.came === true,
      }),
    };
    const turn = this.#jobOf(instance).orchestrate(work);
    let next = turn.next();
    while (!next.done) {
      const event = history[position];
      if (event === undefined) {
        return { waits: next.value };
      }
      position += 1;
      next = event.error === undefined ? turn.next(event.value) : turn.throw(event.error);
    }
    return { output: next.value };
  }

  #answers(): void {
    if (this.down) {
      throw new Error('The engine is down.');
    }
  }
}
