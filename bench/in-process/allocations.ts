import { attempted } from '../attempts.ts';
import { atLeast } from '../report/aims.ts';
import type { Aim, Table } from '../report/results.ts';
import { median } from '../statistics.ts';
import { type Era, type Operation, operations } from '../subjects/messages.ts';
import { type Contender, type ContenderKey, contenderNames } from './contenders.ts';
import { columns, headings } from './ratios.ts';
import { SubjectProcess } from './subject-process.ts';

const eras: readonly Era[] = ['2026-07-28', '2025-11-25'];

/** A young generation that takes all that is measured, so that nothing is collected meanwhile (MiB). */
const semiSpace = 128;
const options = ['--expose-gc', `--min-semi-space-size=${semiSpace}`, `--max-semi-space-size=${semiSpace}`];

/** Asked before anything is counted, so that code is compiled and caches are full. */
const warmUps = 300;

/**
 * Kilobytes that a call allocated before its way was made anew: of the commit that this counter came with, on Node
 * 24.21.
 */
const before: Readonly<Record<Era, number>> = { '2026-07-28': 252, '2025-11-25': 298 };

/** How often a contender is tried. */
const attempts = 3;

/** Kilobytes allocated a request, by what was asked. */
export type Allocations = ReadonlyMap<string, number>;

const key = (contender: ContenderKey, era: Era, operation: Operation) => `${contender} ${era} ${operation}`;

/** Counts what a request allocates, each contender in a process of its own. Hardly depends on the machine. */
export async function measureAllocations(
  contenders: readonly Contender[],
  fileOf: (contender: Contender) => string,
  progress: (what: string) => void,
): Promise<Allocations> {
  const found = new Map<string, number>();
  for (const contender of contenders) {
    progress(`allocated bytes: ${contenderNames[contender.key]}`);
    const again = (error: unknown) => progress(`this failed and is made again: ${error}`);
    const counted = await attempted(attempts, again, () => allocationsOf(contender, fileOf(contender)));
    for (const [name, kilobytes] of counted) {
      found.set(name, kilobytes);
    }
  }
  return found;
}

async function allocationsOf(contender: Contender, file: string): Promise<Allocations> {
  const found = new Map<string, number>();
  const subject = await SubjectProcess.start(contender, file, options);
  try {
    for (const era of contender.eras) {
      for (const operation of operations) {
        await subject.run(era, operation, { requests: warmUps }, { settle: false });
        found.set(key(contender.key, era, operation), await allocatedBy(subject, era, operation));
      }
    }
    return found;
  } finally {
    await subject.stop();
  }
}

/** The middle of three counts, each of so many requests that no garbage is collected in between. */
async function allocatedBy(subject: SubjectProcess, era: Era, operation: Operation): Promise<number> {
  const counts: number[] = [];
  let requests = 200;
  while (counts.length < 3) {
    const { allocated, collections, requests: asked } = await subject.run(era, operation, { requests });
    if (collections === 0) {
      counts.push(allocated / asked / 1_024);
    } else if (requests > 20) {
      requests /= 2;
    } else {
      throw new Error(`${subject.contender.key} leaves too much garbage for its bytes to be counted.`);
    }
  }
  return median(counts);
}

export function allocationsTable(keys: readonly ContenderKey[], allocations: Allocations): Table {
  return {
    caption: 'Kilobytes allocated per request',
    columns: ['', ...headings],
    rows: keys.map((contender) => [
      contenderNames[contender],
      ...columns.map(({ era, operation }) => allocations.get(key(contender, era, operation)) ?? null),
    ]),
  };
}

/** That a call allocates half of what it once did. */
export function allocationAims(allocations: Allocations): Aim[] {
  return eras.flatMap((era) => {
    const now = allocations.get(key('verified', era, 'tools/call'));
    return now === undefined
      ? []
      : [
          atLeast(
            `bytes allocated by tools/call, ${era}: before (${before[era]} kB) against now (${now.toFixed(1)} kB)`,
            before[era] / now,
            2,
            ' times',
          ),
        ];
  });
}
