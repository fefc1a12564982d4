import { type Environment, integer, required, text } from '#platform/settings/read';

/** What a deployment chose about the library. */
export interface Policy {
  /** Days that a book may be kept. */
  readonly loanDays: number;
  /** The register of members; undefined where there is none. */
  readonly register: Register | undefined;
}

/** Another service, which every user asks for themselves. */
export interface Register {
  readonly url: string;
  /** Of its API. */
  readonly scope: string;
}

/** @throws SettingsError when LOAN_DAYS is not a number of days, or REGISTER_SCOPE is missing */
export function readPolicy(env: Environment): Policy {
  return {
    loanDays: integer(env, 'LOAN_DAYS', { least: 1, most: 365, otherwise: 28 }),
    register: readRegister(env),
  };
}

function readRegister(env: Environment): Register | undefined {
  const url = text(env, 'REGISTER_URL');
  return url === undefined
    ? undefined
    : { url, scope: required(env, 'REGISTER_SCOPE', 'the scope of the register’s API') };
}
