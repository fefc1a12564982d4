import { createHash } from 'node:crypto';
import { CrashClient } from './client.ts';
import { startInstance } from './instance.ts';
import { doorClosed, doorHeader, type Passed, type Point } from './point.ts';
import type { RunOf } from './run-scenario.ts';
import type { Subject } from './subjects.ts';
import { tokenOf } from './subjects.ts';

/** A point of a scenario. */
export interface ScenarioPoint extends Point {
  /** Only passed by a process that has served nothing before. */
  readonly isFirst: boolean;
}

/** How often a request of one place is a point of its own; an await is one once. */
const mostTimes = 4;

/**
 * Finds the points of a scenario: in a process that has just started, and in one that has done the same before. What is not
 * passed each time is left out.
 */
export async function pointsOf(run: RunOf): Promise<readonly ScenarioPoint[]> {
  const { subjects } = run.world;
  const [one, other] = [await listed(run, subjects.slice(0, 2)), await listed(run, subjects.slice(2, 4))];
  const first = inBoth(one.first, other.first);
  const later = inBoth(one.later, other.later);
  const known = new Set(later.map(nameOf));
  return [
    ...first.filter((point) => !known.has(nameOf(point))).map((point) => ({ ...point, isFirst: true })),
    ...later.map((point) => ({ ...point, isFirst: false })),
  ];
}

export const nameOf = ({ place, time }: Point) => (time === 1 ? place : `${place} (${time})`);

/** Some of the points, chosen by a seed. @param share from 0 to 1 */
export function shareOf<P extends Point>(points: readonly P[], share: number, seed: number): readonly P[] {
  const drawn = (point: Point) =>
    createHash('sha256')
      .update(`${seed} ${nameOf(point)}`)
      .digest()
      .readUInt32BE() /
    2 ** 32;
  return points.filter((point) => drawn(point) < share);
}

async function listed(
  { scenario, product, env }: RunOf,
  [one, other]: readonly Subject[],
): Promise<{ readonly first: readonly Point[]; readonly later: readonly Point[] }> {
  const instance = await startInstance({ product, door: scenario.door, orders: { list: true }, env });
  const pass = async (subject: Subject | undefined, part: string) => {
    if (subject !== undefined) {
      await scenario.act(new CrashClient(instance.origin, tokenOf(subject.user), { watched: part }), subject);
    }
    await fetch(`${instance.origin}/mcp`, { headers: { [doorHeader]: doorClosed } });
  };
  try {
    await pass(one, 'first');
    await pass(other, 'later');
    await instance.keep();
  } finally {
    await instance.kill();
  }
  return { first: ofPart(instance.points, 'first'), later: ofPart(instance.points, 'later') };
}

function ofPart(points: readonly Passed[], asked: string): readonly Point[] {
  return points
    .filter(({ part, place, time }) => part === asked && time <= (place.includes(' to ') ? mostTimes : 1))
    .map(({ place, time }) => ({ place, time }));
}

function inBoth(one: readonly Point[], other: readonly Point[]): readonly Point[] {
  const names = new Set(other.map(nameOf));
  return one.filter((point) => names.has(nameOf(point)));
}
