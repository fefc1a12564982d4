import { createHash } from 'node:crypto';
import type { Permission } from '../access/permissions.ts';

/** How an expert takes up what an earlier answer left running. */
export interface Resumption {
  /** Name of the tool that reads it, by `task_id`. */
  readonly tool: string;
  /** What goes on, to complete with "as task 4711.", such as `The move goes on`. */
  readonly goesOn: string;
  /** What the person can do to hear how it ended, in a sentence. */
  readonly followUp: string;
}

/** An expert, as a business defines it. */
export interface ExpertDefinition {
  /** What it is called in conversations, results and the log, such as `orders`. */
  readonly domain: string;
  /** What the tool through which it is asked was called before; see the field of that name of a tool. */
  readonly formerNames?: readonly string[];
  /** Of the tool through which it is asked. */
  readonly title: string;
  /** For whoever chooses a tool. */
  readonly description: string;
  /** A question that it answers. */
  readonly example: string;
  /** More of them, for somebody who asked what it cannot answer; they are shown beside the first. */
  readonly moreExamples?: readonly string[];
  /** What it is for, to complete "This is a matter of …". */
  readonly topics: string;
  /** Names of the tools that it may use; it gets them cut to what its caller may use. */
  readonly tools: readonly string[];
  readonly resume?: Resumption;
  /** Who may ask it. */
  readonly permission: Permission;
  /** Words before a record's number, such as `order`: a summary of older turns keeps every record that was named so. */
  readonly records: readonly string[];
  /** Who it is and how it goes about its matters. */
  readonly instructions: string;
}

/** Name of the tool through which callers reach the expert of a domain. */
export function askToolOf(domain: string): string {
  return `ask_${domain}_expert`;
}

/** Which instructions answered, for the log: changes with every letter of them. */
export function versionOf({ instructions }: ExpertDefinition): string {
  return createHash('sha256').update(instructions).digest('hex').slice(0, 12);
}
