import { parseArgs } from 'node:util';
import { parsed } from '../scripts/command-line/parsed.ts';
import { UsageError } from '../scripts/command-line/usage-error.ts';
import { type ContenderKey, contenderKeys } from './in-process/contenders.ts';

/** The parts of the benchmarks, in the order in which they run. */
export const partNames = ['in-process', 'http', 'cold-start', 'cost', 'streams', 'console'] as const;
export type PartName = (typeof partNames)[number];

export interface BenchOptions {
  readonly parts: readonly PartName[];
  /** What is measured in process. */
  readonly subjects: readonly ContenderKey[];
  /** Rounds of each part, at most; as many as the results need when left out. */
  readonly rounds: number | undefined;
  /** Few and short rounds: they show that everything runs; their numbers mean nothing. */
  readonly quick: boolean;
  /** Nothing is left out, so that the results can be kept. */
  readonly isWhole: boolean;
  /** Put the chosen parts into the last results, in the place of what stands there of them. */
  readonly keep: boolean;
  /** Write docs/performance.md from the results. */
  readonly writeDocs: boolean;
  /** Measure nothing: write docs/performance.md from the last results. */
  readonly pageOnly: boolean;
  /** Count how calls grow with their tenant, and nothing else. */
  readonly growth: boolean;
  /** Put load on the service for a long time, with storage that fails now and then, and do nothing else. */
  readonly soak: boolean;
  /** For how many minutes, as typed. */
  readonly minutes: string | undefined;
  /** Told what is being measured. */
  readonly progress: (what: string) => void;
}

export const usage = `Measures this service against its peers. Takes about half an hour; do nothing else meanwhile.
The part http needs its peers: they are installed once, and run, with all that they are compared with, on a newer Node.

  npm run bench                         everything; writes bench/results.json
  npm run bench -- --write-docs         and docs/performance.md from it
  npm run bench -- --page-only          docs/performance.md again, from the last results
  npm run bench -- --growth             counts round trips and rows from 250 to 2,500,000 customers, on any machine;
                                        writes bench/growth.json and docs/performance.md
  npm run bench -- --soak --minutes 30  mixed load while storage fails now and then: what is lost, wrong or held on to,
                                        on any machine; writes nothing
  npm run bench -- --only http,streams  some of: ${partNames.join(', ')}; writes nothing
  npm run bench -- --only console --keep
                                        and puts them into bench/results.json and docs/performance.md all the same
  npm run bench -- --only in-process --subjects verified,tmcp --rounds 3
                                        what a change does, in a minute or two; the subjects are
                                        ${contenderKeys.join(', ')}
  npm run bench -- --rounds 4           fewer rounds, wider spreads
  npm run bench -- --quick              a short run to see that it works; writes nothing`;

/** @throws UsageError when the arguments are not understood; undefined when help was asked for */
export function parseOptions(args: readonly string[]): Omit<BenchOptions, 'progress'> | undefined {
  const { values } = parsed(() =>
    parseArgs({
      args: [...args],
      options: {
        only: { type: 'string' },
        subjects: { type: 'string' },
        rounds: { type: 'string' },
        keep: { type: 'boolean', default: false },
        quick: { type: 'boolean', default: false },
        'write-docs': { type: 'boolean', default: false },
        growth: { type: 'boolean', default: false },
        soak: { type: 'boolean', default: false },
        minutes: { type: 'string' },
        'page-only': { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    }),
  );
  if (values.help) {
    return undefined;
  }
  const parts = chosen(values.only, 'a part', partNames);
  const subjects = chosen(values.subjects, 'a subject', contenderKeys);
  const isWhole = !(values.quick || values.only || values.subjects);
  if (values['write-docs'] && !isWhole) {
    throw new UsageError('The docs are written from a full run: leave out --only, --subjects and --quick.');
  }
  if (values.keep && (values.quick || values.subjects || !values.only)) {
    throw new UsageError('--keep is for whole parts that --only names, without --subjects and --quick.');
  }
  return {
    parts,
    subjects,
    keep: values.keep,
    rounds: values.rounds === undefined ? undefined : wholeNumber(values.rounds),
    quick: values.quick,
    isWhole,
    growth: values.growth,
    soak: values.soak,
    minutes: values.minutes,
    writeDocs: values['write-docs'],
    pageOnly: values['page-only'],
  };
}

/** @throws UsageError when one of the names is none of those that are known */
function chosen<Name extends string>(
  given: string | undefined,
  what: string,
  known: readonly Name[],
): readonly Name[] {
  if (given === undefined) {
    return known;
  }
  return given.split(',').map((word) => {
    const name = known.find((one) => one === word.trim());
    if (name === undefined) {
      throw new UsageError(`"${word.trim()}" is not ${what}; there are ${known.join(', ')}.`);
    }
    return name;
  });
}

function wholeNumber(text: string): number {
  if (!/^[1-9]\d?$/.test(text)) {
    throw new UsageError(`"${text}" is no number of rounds; use 1 to 99.`);
  }
  return Number(text);
}
