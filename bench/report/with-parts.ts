import type { Machine } from '../machine.ts';
import type { Part, Results } from './results.ts';

/**
 * An earlier run with parts that were measured anew, each in the place of what it is about or at the end. Each of them says
 * when and where it was measured, because the page says that of the run.
 */
export function withParts(
  last: Results,
  { date, cpu, cores, load }: Machine,
  anew: readonly Part[],
): Results {
  const measured = `Measured apart, on ${date} on ${cpu}, ${cores} cores; the load average was ${load} when it began.`;
  const dated = anew.map((part) => ({ ...part, notes: [measured, ...part.notes] }));
  const kept = last.parts.map((part) => dated.find(({ title }) => title === part.title) ?? part);
  const parts = [...kept, ...dated.filter(({ title }) => !last.parts.some((part) => part.title === title))];
  return { ...last, aims: parts.flatMap(({ aims }) => aims), parts };
}
