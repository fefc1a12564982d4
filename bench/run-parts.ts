import type { PartName } from './options.ts';
import type { Part } from './report/results.ts';

/**
 * Measures the parts one after the other. What one of them fails with costs nothing of the others: it is measured once
 * more after them, and when that fails, too, the results say that it is missing.
 * @param failed told why a part failed; that is for whoever runs it, not for the results, for it may hold addresses and
 *   paths of the machine
 */
export async function runParts(
  names: readonly PartName[],
  measure: (name: PartName) => Promise<Part>,
  failed: (name: PartName, error: unknown) => void,
): Promise<Part[]> {
  const found = new Map<PartName, Part>();
  for (const name of [...names, ...names]) {
    if (found.has(name)) {
      continue;
    }
    try {
      found.set(name, await measure(name));
    } catch (error) {
      failed(name, error);
    }
  }
  return names.map((name) => found.get(name) ?? missing(name));
}

function missing(name: PartName): Part {
  return {
    title: `The part ${name}`,
    notes: [],
    tables: [],
    aims: [],
    skipped: 'It failed twice in this run, so its rows and aims are missing.',
  };
}

/** Whether something that was to be measured is missing. */
export function isMissing({ skipped }: Part): boolean {
  return skipped !== undefined;
}
