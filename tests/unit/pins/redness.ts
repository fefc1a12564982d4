import { contoso } from '#contoso/business';
import { changesBetween } from '#scripts/pins/changes';
import { readPins } from '#scripts/pins/files';
import { gatherPins } from '#scripts/pins/gather';
import type { Mutant } from './schema-mutants.ts';

export type Business = typeof contoso;

export const pinned = readPins();

/** The pins that are red when this business is served. */
export async function redFor(business: Business): Promise<ReadonlySet<string>> {
  return new Set(changesBetween(pinned, await gatherPins(business)).map(({ id }) => id));
}

/**
 * Changes one field of every definition at a time, of all definitions at once, until each has had all of its changes.
 * @param nameOf the pin of a thing
 * @param serving a business that has these, and otherwise as little as it can
 * @returns changes that no pin has seen
 */
export async function unseen<Thing>(
  things: readonly Thing[],
  mutantsOf: (thing: Thing) => readonly Mutant<Thing>[],
  nameOf: (thing: Thing) => string,
  serving: (things: readonly Thing[]) => Business,
): Promise<{ readonly all: number; readonly missed: readonly string[] }> {
  const mutants = things.map((thing) => ({ id: nameOf(thing), each: mutantsOf(thing) }));
  const missed: string[] = [];
  for (let round = 0; ; round += 1) {
    const now = mutants.flatMap(({ id, each }) =>
      each.slice(round, round + 1).map((mutant) => ({ id, ...mutant })),
    );
    if (now.length === 0) {
      return { all: mutants.flatMap(({ each }) => each).length, missed };
    }
    const red = await redFor(serving(now.map(({ thing }) => thing)));
    missed.push(...now.filter(({ id }) => !red.has(id)).map(({ id, what }) => `${id}: ${what}`));
  }
}

export const bare: Business = {
  ...contoso,
  tools: [],
  prompts: [],
  resources: [],
  skills: [],
  experts: [],
  openJobs: () => [],
};
