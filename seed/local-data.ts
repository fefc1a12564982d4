import type { Storage } from '#platform/storage/connect';

/** Somebody of an organisation on a developer's machine. */
export interface LocalPerson {
  /** What comes before the `@` of the name that a person types to sign in. */
  readonly name: string;
  /** Tells apart the object ids of a directory: 1 to 98, each once. */
  readonly number: number;
  readonly roles: readonly string[];
}

/** Told how far the writing is. */
export interface FillProgress {
  step(what: string): void;
  progress(what: string, done: number, total: number): void;
}

/** What a developer's machine has of a business: who can sign in, and the records to begin with. */
export interface LocalData {
  /** The people of every organisation that is served. */
  readonly staff: readonly LocalPerson[];
  /** Of an organisation that the service has not onboarded: as genuine, and refused. */
  readonly stranger: LocalPerson;
  /** Roles of the program without a user. */
  readonly daemonRoles: readonly string[];
  /** Calls to begin with, as they are typed after `npm run mcp -- `. */
  readonly firstCalls: readonly string[];
  /**
   * Writes the records of a tenant that has none; data that is there already stays as it is.
   * @returns what the tenant has now, in a few words
   * @throws the signal's reason when it is given up; what is not finished is written again the next time
   */
  fill(storage: Storage, tenant: string, report: FillProgress, signal?: AbortSignal): Promise<string>;
}
