import { attempted } from '../attempts.ts';
import { rotated } from '../interleave.ts';
import { isSteady } from '../statistics.ts';
import { type Era, type Operation, operations } from '../subjects/messages.ts';
import type { Contender, ContenderKey } from './contenders.ts';
import { isPromised } from './promised.ts';
import { SubjectProcess } from './subject-process.ts';

/** Microseconds a request. */
export interface Cost {
  /** Of CPU time of the process. */
  readonly cpu: number;
  /** On the clock. */
  readonly wall: number;
}

/** How many rounds there are, and how long each is. */
export interface Plan {
  readonly rounds: number;
  /** Rounds of all contenders; those after them are only of those of which something is promised. */
  readonly wholeRounds: number;
  /** Times that each subject is measured in a round, in turn with the others. */
  readonly windows: number;
  /** Milliseconds of CPU time that each of those takes. */
  readonly cpuMilliseconds: number;
  /** The same of each that warms up. */
  readonly warmUpMilliseconds: number;
}

/** Windows after which a subject is measured at the earliest: V8 goes on compiling for seconds what a call runs through. */
const leastWarmUps: Readonly<Record<Operation, number>> = { 'tools/list': 6, 'tools/call': 12 };

/** Windows after which a subject is measured even when it is not steady. */
const mostWarmUps = 30;

/** How often a round is tried: what fails in one subject leaves the round with no values, so that ratios stay in step. */
const attempts = 3;

/** What was measured, one value a round. */
export class Costs {
  readonly #costs = new Map<string, Cost[]>();

  add(key: ContenderKey, era: Era, operation: Operation, cost: Cost): void {
    const name = `${key} ${era} ${operation}`;
    this.#costs.set(name, [...(this.#costs.get(name) ?? []), cost]);
  }

  /** Takes over what was measured in a round. */
  addAll(round: Costs): void {
    for (const [name, costs] of round.#costs) {
      this.#costs.set(name, [...(this.#costs.get(name) ?? []), ...costs]);
    }
  }

  of(key: ContenderKey, era: Era, operation: Operation): readonly Cost[] {
    return this.#costs.get(`${key} ${era} ${operation}`) ?? [];
  }
}

/**
 * Measures all contenders in every round: each in a process of its own that is new in each round, warm when it is
 * measured, and in turn with the others, so that whatever disturbs the machine disturbs all of them alike.
 * @param fileOf the entry point of a contender, as plain JavaScript
 */
export async function measureRounds(
  contenders: readonly Contender[],
  fileOf: (contender: Contender) => string,
  plan: Plan,
  progress: (what: string) => void,
): Promise<Costs> {
  const costs = new Costs();
  for (let round = 0; round < plan.rounds; round += 1) {
    progress(`endpoint in process: round ${round + 1} of ${plan.rounds}`);
    const again = (error: unknown) => progress(`this round failed and is made again: ${error}`);
    const here = round < plan.wholeRounds ? contenders : contenders.filter(({ key }) => isPromised(key));
    costs.addAll(await attempted(attempts, again, () => oneRound(rotated(here, round), fileOf, plan)));
  }
  return costs;
}

async function oneRound(
  contenders: readonly Contender[],
  fileOf: (contender: Contender) => string,
  plan: Plan,
): Promise<Costs> {
  const costs = new Costs();
  const subjects: SubjectProcess[] = [];
  try {
    for (const contender of contenders) {
      subjects.push(await SubjectProcess.start(contender, fileOf(contender)));
    }
    await measureRound(subjects, plan, costs);
    return costs;
  } finally {
    await Promise.all(subjects.map((subject) => subject.stop()));
  }
}

async function measureRound(subjects: readonly SubjectProcess[], plan: Plan, costs: Costs): Promise<void> {
  for (const era of ['2026-07-28', '2025-11-25'] as const) {
    const knowing = subjects.filter(({ contender }) => contender.eras.includes(era));
    for (const operation of operations) {
      const until = { cpuMilliseconds: plan.cpuMilliseconds };
      const whileWarm = { cpuMilliseconds: plan.warmUpMilliseconds };
      // for the processor's caches: others ran since the window before
      const wakeUp = { cpuMilliseconds: plan.cpuMilliseconds / 4 };
      const measured = new Map<SubjectProcess, Cost[]>();
      for (const subject of knowing) {
        await warmUp(subject, era, operation, whileWarm);
        measured.set(subject, []);
      }
      for (let window = 0; window < plan.windows; window += 1) {
        for (const subject of rotated(knowing, window)) {
          await subject.run(era, operation, wakeUp, { settle: false });
          const { requests, cpu, wall } = await subject.run(era, operation, until);
          measured.get(subject)?.push({ cpu: cpu / requests, wall: wall / requests });
        }
      }
      for (const [{ contender }, windows] of measured) {
        // what else the machine does falls on single windows, and can only add to them
        const of = (unit: keyof Cost) => Math.min(...windows.map((window) => window[unit]));
        costs.add(contender.key, era, operation, { cpu: of('cpu'), wall: of('wall') });
      }
    }
  }
}

async function warmUp(
  subject: SubjectProcess,
  era: Era,
  operation: Operation,
  until: { readonly cpuMilliseconds: number },
): Promise<void> {
  const seen: number[] = [];
  while ((seen.length < leastWarmUps[operation] || !isSteady(seen)) && seen.length < mostWarmUps) {
    const { cpu, requests } = await subject.run(era, operation, until, { settle: false });
    seen.push(cpu / requests);
  }
}
