import * as z from 'zod';
import type { ToolRun } from './ports.ts';

const withDocuments = z.object({ documents: z.array(z.object({ title: z.string() })) });

/** Titles of the documents that tools returned: an answer may cite these and no others. */
export function foundTitles(runs: readonly ToolRun[]): string[] {
  return runs.flatMap(({ outcome }) => {
    const found = withDocuments.safeParse(outcome.kind === 'ok' ? outcome.data : undefined);
    return found.success ? found.data.documents.map(({ title }) => title) : [];
  });
}
