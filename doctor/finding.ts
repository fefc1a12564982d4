export const statuses = ['pass', 'warn', 'fail', 'skipped'] as const;
export type Status = (typeof statuses)[number];

/** What a check came to. */
export interface Finding {
  readonly status: Status;
  /** What was seen, in one sentence. */
  readonly reason: string;
  /** What to do about it. */
  readonly remedy?: string;
}

export function pass(reason: string): Finding {
  return { status: 'pass', reason };
}

/** It works, and could be better. */
export function warn(reason: string, remedy: string): Finding {
  return { status: 'warn', reason, remedy };
}

/** Not to be put into production like this. */
export function fail(reason: string, remedy: string): Finding {
  return { status: 'fail', reason, remedy };
}

/** Cannot be told from what the doctor was given. */
export function skipped(reason: string): Finding {
  return { status: 'skipped', reason };
}
