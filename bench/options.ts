import { parseArgs } from 'node:util';
import { parsed } from '../scripts/command-line/parsed.ts';
import { UsageError } from '../scripts/command-line/usage-error.ts';

/** The parts of the benchmarks, in the order in which they run. */
export const partNames = ['in-process', 'http', 'cold-start', 'cost', 'streams'] as const;
export type PartName = (typeof partNames)[number];

export interface BenchOptions {
  readonly parts: readonly PartName[];
  /** Few and short rounds: they show that everything runs; their numbers mean nothing. */
  readonly quick: boolean;
  /** Write docs/performance.md from the results. */
  readonly writeDocs: boolean;
  /** Measure nothing: write docs/performance.md from the last results. */
  readonly pageOnly: boolean;
  /** Count how calls grow with their tenant, and nothing else. */
  readonly growth: boolean;
  /** Told what is being measured. */
  readonly progress: (what: string) => void;
}

export const usage = `Measures this service against its peers. Takes about twelve minutes; do nothing else meanwhile.
The part http needs its peers: they are installed once, and run, with all that they are compared with, on a newer Node.

  npm run bench                         everything; writes bench/results.json
  npm run bench -- --write-docs         and docs/performance.md from it
  npm run bench -- --page-only          docs/performance.md again, from the last results
  npm run bench -- --growth             counts round trips and rows from 250 to 2,500,000 customers, on any machine;
                                        writes bench/growth.json and docs/performance.md
  npm run bench -- --only http,streams  some of: ${partNames.join(', ')}; writes nothing
  npm run bench -- --quick              a short run to see that it works; writes nothing`;

/** @throws UsageError when the arguments are not understood; undefined when help was asked for */
export function parseOptions(args: readonly string[]): Omit<BenchOptions, 'progress'> | undefined {
  const { values } = parsed(() =>
    parseArgs({
      args: [...args],
      options: {
        only: { type: 'string' },
        quick: { type: 'boolean', default: false },
        'write-docs': { type: 'boolean', default: false },
        growth: { type: 'boolean', default: false },
        'page-only': { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    }),
  );
  if (values.help) {
    return undefined;
  }
  const parts = values.only === undefined ? partNames : values.only.split(',').map(partNamed);
  if (values['write-docs'] && (values.quick || values.only !== undefined)) {
    throw new UsageError('The docs are written from a full run: leave out --only and --quick.');
  }
  return {
    parts,
    quick: values.quick,
    growth: values.growth,
    writeDocs: values['write-docs'],
    pageOnly: values['page-only'],
  };
}

function partNamed(name: string): PartName {
  const part = partNames.find((known) => known === name.trim());
  if (part === undefined) {
    throw new UsageError(`"${name}" is not a part; the parts are ${partNames.join(', ')}.`);
  }
  return part;
}
