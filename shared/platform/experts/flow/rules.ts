import type { Message, ToolRun, ToolSpec } from '../ports.ts';

/**
 * What an expert may do with what it has read, by the labels of that: made anew for every run of an expert, because each
 * has read something else.
 */
export interface Flow {
  /** Told of everything that a model gets to read, before it reads it. */
  read(runs: readonly ToolRun[]): void;
  /**
   * Where the wish for a call comes from, in a sentence for whoever has to agree to it; undefined when the person asked
   * for just that and nothing was read in which somebody else could have wished for it.
   */
  wishFor(args: Readonly<Record<string, unknown>>): string | undefined;
  /** Why the tool must not be called after what was read, in a sentence for the model; undefined when it may be. */
  refusalOf(tool: ToolSpec): string | undefined;
  /** Titles of documents among the results that an answer may cite. */
  citable(runs: readonly ToolRun[]): readonly string[];
}

export interface FlowRules {
  /** @param messages what the run begins with: earlier turns, and the question */
  open(messages: readonly Message[]): Flow;
  /** A sentence of an answer as it may be shown, to whoever it is. */
  shown(text: string): string;
}
