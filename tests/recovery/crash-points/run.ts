import { randomBytes } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { openStorage } from '#platform/storage/connect';
import { projectDir } from '#scripts/lib/project-dir';
import { tryAgain } from './again.ts';
import { type Assembled, assemble, type Plant } from './assemble.ts';
import { nameOf, pointsOf, type ScenarioPoint, shareOf } from './explore.ts';
import { endInstances } from './instance.ts';
import { shortened } from './plants.ts';
import { complaints, lastLine } from './report.ts';
import { killAtEach, mostTries, type Outcome, type RunOf } from './run-scenario.ts';
import type { Scenario } from './scenario.ts';
import { environmentOf, makeWorld } from './subjects.ts';

export interface CrashRun {
  readonly scenarios: readonly Scenario[];
  /** Connection string of an Azurite that outlives the processes. */
  readonly dataStorage: string;
  /** Which share of the points, from 0 to 1, chosen by the seed. */
  readonly share: number;
  readonly seed: number;
  /** Only points with this text in their name. */
  readonly only?: string | undefined;
  /** Only tells the points. */
  readonly list?: boolean;
  /** So many points are tried at a time; 2 when left out. */
  readonly atOnce?: number;
  /** Faults. */
  readonly plants?: readonly Plant[];
  say(line: string): void;
}

/** What a run came to. */
export interface CrashReport {
  /** All that there are, whatever the share. */
  readonly known: number;
  readonly outcomes: readonly Outcome[];
}

export async function crashRun(options: CrashRun): Promise<CrashReport> {
  await mkdir(path.join(projectDir, '.local'), { recursive: true });
  const doors = new Set(options.scenarios.map(({ door }) => door));
  const product = await assemble(doors, [...shortened, ...(options.plants ?? [])]);
  try {
    const outcomes: Outcome[] = [];
    let known = 0;
    for (const scenario of options.scenarios) {
      const { points, ended } = await ofScenario(options, product, scenario);
      known += points;
      outcomes.push(...ended);
    }
    return { known, outcomes };
  } finally {
    endInstances();
    await rm(product.dir, { recursive: true, force: true });
  }
}

async function ofScenario(options: CrashRun, product: Assembled, scenario: Scenario) {
  const { share, seed, only = '', list = false, say } = options;
  const points = await tryAgain(async () => pointsOf(await worldOf(options, product, scenario, 4)));
  const chosen = shareOf(points, share, seed).filter((point) =>
    `${scenario.name}: ${nameOf(point)}`.includes(only),
  );
  if (list) {
    for (const point of chosen) {
      say(`${scenario.name}: ${nameOf(point)}`);
    }
    return { points: points.length, ended: [] };
  }
  say(`${scenario.name}: ${points.length} points, ${chosen.length} of them to be tried`);
  const ended = chosen.length === 0 ? [] : await tried(options, product, scenario, chosen);
  for (const line of complaints(ended)) {
    say(line);
  }
  say(`${scenario.name}: ${lastLine(ended)}`);
  return { points: points.length, ended };
}

async function tried(
  options: CrashRun,
  product: Assembled,
  scenario: Scenario,
  points: readonly ScenarioPoint[],
): Promise<readonly Outcome[]> {
  const { atOnce = 2, say } = options;
  let left = points.length;
  const tell = () => {
    left -= 1;
    if (left > 0 && left % 50 === 0) {
      say(`${scenario.name}: ${left} points left`);
    }
  };
  const lanes = Array.from({ length: atOnce }, async (_, lane) => {
    const own = points.filter((_, place) => place % atOnce === lane);
    // one for each try, and one for a process that has to serve somebody before
    return await killAtEach(await worldOf(options, product, scenario, mostTries * own.length + 1), own, tell);
  });
  return (await Promise.all(lanes)).flat();
}

async function worldOf(
  { dataStorage }: CrashRun,
  product: Assembled,
  scenario: Scenario,
  subjects: number,
): Promise<RunOf> {
  const slug = `c${randomBytes(8).toString('hex')}`;
  const world = await tryAgain(async () => makeWorld(await openStorage({ dataStorage }), slug, subjects));
  return {
    scenario,
    product,
    world,
    env: {
      ...environmentOf(world, dataStorage),
      ...scenario.settings,
      ...(scenario.door === 'host' && {
        // by another name of this machine: what the engine asks of its own tables is then told apart
        AzureWebJobsStorage: dataStorage.replaceAll('127.0.0.1', 'localhost'),
        AzureFunctionsJobHost__extensions__durableTask__hubName: slug,
      }),
    },
  };
}
