import { measureAllocations } from '../in-process/allocations.ts';
import { type Contender, contendersIn } from '../in-process/contenders.ts';
import { profileCalls } from '../in-process/profile.ts';
import { reportCosts } from '../in-process/report.ts';
import { measureRounds } from '../in-process/rounds.ts';
import type { BenchOptions } from '../options.ts';
import type { Part } from '../report/results.ts';
import { toPlainNode } from '../subjects/plain-node.ts';
import { startWorld } from '../subjects/world.ts';

/** Microseconds per request through the endpoint alone, without a socket, against libraries used as their documentation does. */
export async function measureInProcess({ quick, rounds, subjects, progress }: BenchOptions): Promise<Part> {
  const world = await startWorld();
  try {
    const contenders = (await contendersIn(world)).filter(({ key }) => subjects.includes(key));
    const files = await plainFiles(contenders);
    const plan = quick
      ? { rounds: 2, wholeRounds: 1, windows: 1, cpuMilliseconds: 30, warmUpMilliseconds: 15 }
      : { rounds: rounds ?? 8, wholeRounds: 2, windows: 5, cpuMilliseconds: 320, warmUpMilliseconds: 400 };
    const fileOf = ({ entry }: Contender) => files.get(entry) ?? '';
    const costs = await measureRounds(contenders, fileOf, plan, progress);
    const allocations = await measureAllocations(contenders, fileOf, progress);
    const part = reportCosts(
      contenders.map(({ key }) => key),
      costs,
      allocations,
    );
    const verified = contenders.find(({ key }) => key === 'verified');
    progress('profile of a call');
    const profiled = verified === undefined ? [] : [await profileCalls(verified, fileOf(verified))];
    return { ...part, tables: [...part.tables, ...profiled] };
  } finally {
    await world.stop();
  }
}

async function plainFiles(contenders: readonly Contender[]): Promise<ReadonlyMap<string, string>> {
  const entries = [...new Set(contenders.map(({ entry }) => entry))];
  const files = await toPlainNode(entries.map((entry) => `bench/in-process/subjects/${entry}.ts`));
  return new Map(entries.map((entry, index) => [entry, files[index] ?? '']));
}
