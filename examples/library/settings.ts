import { type Environment, integer } from '#platform/settings/read';

/** What a deployment chose about the library. */
export interface Policy {
  /** Days that a book may be kept. */
  readonly loanDays: number;
}

/** @throws SettingsError when LOAN_DAYS is not a number of days */
export function readPolicy(env: Environment): Policy {
  return { loanDays: integer(env, 'LOAN_DAYS', { least: 1, most: 365, otherwise: 28 }) };
}
