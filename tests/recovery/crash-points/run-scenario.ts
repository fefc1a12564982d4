import { tryAgain } from './again.ts';
import type { Assembled } from './assemble.ts';
import { type Books, booksOf, nextId, trailOf } from './books.ts';
import { CrashClient } from './client.ts';
import { nameOf, type ScenarioPoint } from './explore.ts';
import { type Instance, startInstance } from './instance.ts';
import { type Findings, judge, judgeAll } from './judge.ts';
import type { Orders } from './point.ts';
import type { Scenario } from './scenario.ts';
import { type Subject, tokenOf, type World } from './subjects.ts';

/** A scenario in its world. */
export interface RunOf {
  readonly scenario: Scenario;
  readonly product: Assembled;
  readonly world: World;
  /** Settings of its instances. */
  readonly env: Readonly<Record<string, string>>;
}

/** How a point ended. */
export interface Outcome extends Findings {
  readonly name: string;
  readonly killed: boolean;
}

interface Crashed {
  readonly point: ScenarioPoint;
  readonly subject: Subject;
  readonly killed: boolean;
  readonly answers: unknown[];
  /** What was wrong with what its caller was shown. */
  readonly shown: string[];
  before?: Books;
}

/** So often a process is started for a point until one comes to it. */
export const mostTries = 3;

/**
 * Kills a process at each of the points, and starts another one that its caller goes on with.
 * @param tell called after each
 */
export async function killAtEach(
  run: RunOf,
  points: readonly ScenarioPoint[],
  tell: () => void,
): Promise<readonly Outcome[]> {
  const crashed: Crashed[] = [];
  const waiting: Crashed[] = [];
  const subjects = run.world.subjects.values();
  for (const point of points) {
    let crash = await killedAt(run, point, subjects, waiting);
    for (let more = 1; more < mostTries && !crash.killed; more += 1) {
      // what was read a moment ago is not read again: a process that has just started has read nothing
      crash = await killedAt(run, { ...point, isFirst: true }, subjects, waiting);
    }
    crashed.push(crash);
    waiting.push(crash);
    tell();
  }
  await restartFor(run, waiting);
  return await outcomesOf(run, crashed);
}

/** @param waiting whose processes have died, and whose calls are to be repeated by another one */
async function killedAt(
  run: RunOf,
  point: ScenarioPoint,
  subjects: Iterator<Subject>,
  waiting: Crashed[],
): Promise<Crashed> {
  const { value: subject } = subjects.next();
  if (subject === undefined) {
    throw new RangeError('There are fewer subjects than points.');
  }
  if (point.isFirst && run.scenario.door === 'host') {
    // a process that comes back goes on with long work by itself, and that would be counted
    await restartFor(run, waiting.splice(0));
  }
  const instance = await start(run, { kill: { place: point.place, time: point.time } });
  if (!point.isFirst) {
    await warmUp(run, instance, waiting.splice(0));
  }
  return await crashAt(run, instance, point, subject);
}

function start({ scenario: { door }, product, env }: RunOf, orders: Orders) {
  return tryAgain(() => startInstance({ product, door, orders, env }));
}

/** The process that dies. */
async function crashAt(
  { scenario }: RunOf,
  instance: Instance,
  point: ScenarioPoint,
  subject: Subject,
): Promise<Crashed> {
  const client = new CrashClient(instance.origin, tokenOf(subject.user), { watched: 'crash' });
  const answers: unknown[] = [];
  const acted = scenario.act(client, subject).then(
    (answer) => void answers.push(answer),
    () => {},
  );
  // what is only passed after the answer is passed within this time
  const killed = await Promise.race([instance.died, acted.then(() => instance.diesWithin(latePointMs))]);
  await instance.kill();
  await acted;
  return { point, subject, killed, answers, shown: [] };
}

/** Milliseconds that a process has after its answer to come to its point. */
const latePointMs = 1_000;

async function restartFor(run: RunOf, waiting: readonly Crashed[]): Promise<void> {
  if (waiting.length === 0) {
    return;
  }
  const instance = await start(run, { list: false });
  await goOn(run, instance, waiting);
  await instance.kill();
}

/** A process has served before, whichever calls: those of who waits, or one of its own. */
async function warmUp(run: RunOf, instance: Instance, waiting: readonly Crashed[]): Promise<void> {
  const spare = run.world.subjects.at(-1);
  if (waiting.length > 0 || spare === undefined) {
    await goOn(run, instance, waiting);
  } else {
    const client = new CrashClient(instance.origin, tokenOf(spare.user));
    await tryAgain(() => run.scenario.act(client, spare));
  }
}

/** The callers of processes that died repeat their calls, twice. */
async function goOn({ scenario, world }: RunOf, instance: Instance, waiting: readonly Crashed[]) {
  for (const crash of waiting) {
    const { subject, answers, shown } = crash;
    const client = new CrashClient(instance.origin, tokenOf(subject.user));
    const look = async () => shown.push(...((await scenario.seen?.(client, subject)) ?? []));
    crash.before = await tryAgain(() => booksOf(world, subject));
    await tryAgain(look);
    answers.push(await tryAgain(() => scenario.act(client, subject)));
    await tryAgain(async () => scenario.meanwhile?.(client, subject));
    answers.push(await tryAgain(() => scenario.act(client, subject)));
    await tryAgain(look);
  }
}

async function outcomesOf(
  { scenario, world }: RunOf,
  crashed: readonly Crashed[],
): Promise<readonly Outcome[]> {
  await tryAgain(async () => scenario.later?.(world));
  const trail = await tryAgain(() => trailOf(world));
  const all: Books[] = [];
  const outcomes: Outcome[] = [];
  for (const { point, subject, killed, answers, shown, before } of crashed) {
    const after = await tryAgain(() => booksOf(world, subject));
    all.push(after);
    const course = { subject, before: before ?? after, after, answers, shown, trail: trail.of(subject) };
    outcomes.push({ name: `${scenario.name}: ${nameOf(point)}`, killed, ...judge(scenario, course) });
  }
  const next = await tryAgain(async () => ({
    payment: await nextId(world, 'payment'),
    ticket: await nextId(world, 'ticket'),
    securityEvent: await nextId(world, 'securityEvent'),
  }));
  const together = judgeAll(world.tenant, all, trail.all, next);
  const [last] = outcomes.splice(-1);
  return last === undefined
    ? []
    : [
        ...outcomes,
        { ...last, lost: [...last.lost, ...together.lost], double: [...last.double, ...together.double] },
      ];
}
