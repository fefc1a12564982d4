import { type Environment, integer, text } from './read.ts';

export interface RetentionSettings {
  /** For how many whole days entries of the audit trail are kept; undefined: for ever. */
  readonly auditDays: number | undefined;
  /** For how many days a confirmation that was used is remembered. */
  readonly confirmationDays: number;
}

/**
 * How long the trail has to last at least: whoever looks into something finds it weeks after it happened. The upper bound is
 * there for typing errors only.
 */
const auditBounds = { least: 30, most: 3_650 } as const;

/** A confirmation is good for minutes; one that is forgotten while it is good could be used twice. */
const confirmationBounds = { least: 1, most: 365, otherwise: 30 } as const;

export function readRetention(env: Environment): RetentionSettings {
  return {
    // the trail is what nobody can make again: without a decision nothing of it is removed
    auditDays:
      text(env, 'AUDIT_DAYS') === undefined
        ? undefined
        : integer(env, 'AUDIT_DAYS', { ...auditBounds, otherwise: auditBounds.most }),
    confirmationDays: integer(env, 'CONFIRMATION_DAYS', confirmationBounds),
  };
}
