import type { Door } from './assemble.ts';
import type { Books } from './books.ts';
import type { CrashClient } from './client.ts';
import type { Subject, World } from './subjects.ts';

/** Something that a caller does from beginning to end, with a process dying under it at every point. One more is one more entry of `scenarios`. */
export interface Scenario {
  readonly name: string;
  /** The tool whose change it is. */
  readonly tool: string;
  /** Other tools that change something, which are called on the way. */
  readonly along?: readonly string[];
  /** `host` for what needs the durable engine. */
  readonly door: Door;
  /** Beside those of every instance. */
  readonly settings?: Readonly<Record<string, string>>;
  /**
   * The whole course of a careful caller. It is repeated, after a crash and once more, and must come to the same answer under
   * the same keys; what the caller was told before it keeps in the subject's memory.
   */
  act(client: CrashClient, subject: Subject): Promise<unknown>;
  /** What somebody else does between two repetitions, which the second one must not undo. */
  meanwhile?(client: CrashClient, subject: Subject): Promise<unknown>;
  /**
   * What a caller is shown of it besides: what is not as it must be, as sentences. True at any moment, and so asked before
   * anything is repeated, and after everything was.
   */
  seen?(client: CrashClient, subject: Subject): Promise<readonly string[]>;
  /** What a deployment does by itself some hours later, before the records are read for the last time. */
  later?(world: World): Promise<void>;
  /** How often it was done, by the records. */
  done(books: Books): number;
  /** What is there without the rest of its transaction, as sentences. True at any moment. */
  torn(books: Books): readonly string[];
  /** What is not as it must be in the end, as sentences. */
  wrong?(books: Books, subject: Subject, answer: unknown): readonly string[];
}

/** A sentence when two figures that belong to one transaction differ. */
export function unequal(what: string, one: number, other: number): readonly string[] {
  return one === other ? [] : [`${what}: ${one} and ${other}`];
}
