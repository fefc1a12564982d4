import type { Handed, HandedPart, ToolRun } from '../ports.ts';

/** A part that another expert could not finish. */
export interface OpenPart {
  /** Of the expert that was to answer it. */
  readonly domain: string;
  /** What it needs to know. */
  readonly followUp: string | null;
}

/** All calls behind an answer: the expert's own, and those that others made for the parts that it handed to them. */
export function everyRun(runs: readonly ToolRun[]): readonly ToolRun[] {
  return runs.flatMap((run) => [run, ...everyRun(partIn(run)?.runs ?? [])]);
}

/**
 * What an answer can rest on: not what another expert says, but what that one looked up, and only where it came to an
 * answer.
 */
export function answeredParts(runs: readonly ToolRun[]): readonly ToolRun[] {
  return runs.flatMap((run) => {
    const part = partIn(run);
    if (part === undefined) {
      return [run];
    }
    return part.answer.status === 'done' ? answeredParts(part.runs) : [];
  });
}

/** Who was handed what, in its order. */
export function handedIn(runs: readonly ToolRun[]): readonly Handed[] {
  return runs.flatMap((run) => {
    const part = partIn(run);
    return part === undefined
      ? []
      : [{ domain: part.domain, question: part.question }, ...handedIn(part.runs)];
  });
}

export function openParts(runs: readonly ToolRun[]): readonly OpenPart[] {
  return runs.flatMap((run) => {
    const part = partIn(run);
    return part === undefined || part.answer.status === 'done'
      ? []
      : [{ domain: part.domain, followUp: part.answer.follow_up }];
  });
}

function partIn({ outcome }: ToolRun): HandedPart | undefined {
  return outcome.kind === 'ok' ? outcome.part : undefined;
}
