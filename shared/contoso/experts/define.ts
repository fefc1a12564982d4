import type { Procedure } from '../procedures/define.ts';

/** What one expert is; shared/contoso/experts/domains.ts adds what holds for all of them. */
export interface Expert {
  /** Of the tool through which it is asked. */
  readonly title: string;
  /** For whoever chooses a tool, to complete "Answers questions about …". */
  readonly answers: string;
  /** A question that it answers, about somebody of the demo company. */
  readonly example: string;
  /** Two more of them. */
  readonly moreExamples: readonly [string, string];
  /** What it is for, to complete "That is a matter of …". The other experts send people here for it. */
  readonly topics: string;
  /** Its own tools; docs/experts.md says why each. It gets them cut to what its caller may use. */
  readonly tools: readonly string[];
  /** How it goes about its matters, if that is written down; it has every tool that they name. */
  readonly procedures?: readonly Procedure[];
  /** Who it is, and what holds for all its matters. */
  readonly instructions: string;
}
