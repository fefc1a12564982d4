import { UsageError } from '../command-line/usage-error.ts';
import { type Compared, compareRow, isUnexplained } from './compare.ts';
import { startLocalHost } from './local-host.ts';
import { countsOf, linesOf } from './report.ts';
import type { RequestRow } from './row.ts';
import { doubtOf } from './two-hosts.ts';

export interface Run {
  readonly real: string;
  /** Undefined: one is started. */
  readonly local: string | undefined;
  readonly token: string | undefined;
  /** The app that is started. */
  readonly dir: string;
  readonly rows: readonly RequestRow[];
  /** Whether what is seen goes into the page. */
  readonly write: boolean;
}

/**
 * Compares the hosts row by row, printing each as soon as it is known.
 * @throws UsageError when the real host does not answer, or may be no other one than the local host
 */
export async function run(
  options: Run,
): Promise<{ readonly code: number; readonly all: readonly Compared[] }> {
  const { real, token, rows, write } = options;
  await expectAnswer(real);
  const doubt = write ? await doubtOf(real, options.local) : undefined;
  if (doubt !== undefined) {
    throw new UsageError(`${doubt} Nothing was written.`);
  }
  const asked = rows.filter(({ needsToken }) => token !== undefined || !needsToken);
  const started =
    options.local === undefined ? await startLocalHost(options.dir, token !== undefined) : undefined;
  const local = started?.origin ?? options.local ?? '';
  try {
    const all: Compared[] = [];
    for (const row of asked) {
      const compared = await compareRow(row, { origin: real, token }, { origin: local, token });
      console.log(linesOf(compared).join('\n'));
      all.push(compared);
    }
    for (const { name } of rows.filter((row) => !asked.includes(row))) {
      console.log(`${'not asked'.padEnd(10)}${name}: it needs --token-file`);
    }
    console.log(countsOf(all, rows.length - asked.length));
    return { code: all.some(isUnexplained) ? 1 : 0, all };
  } finally {
    await started?.stop();
  }
}

async function expectAnswer(origin: string): Promise<void> {
  try {
    await fetch(origin, { signal: AbortSignal.timeout(60_000), redirect: 'manual' });
  } catch {
    throw new UsageError(`Nothing answers at ${origin}: name the address of a host that runs.`);
  }
}
