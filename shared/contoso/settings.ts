import { type Environment, integer, SettingsError, text } from '#platform/settings/read';

/** What a deployment chose about single calls. */
export interface CallPolicy {
  /** Dollars above which a payment needs the user's confirmation, alone or with the unconfirmed ones before it. */
  readonly confirmPaymentsAbove: number;
  /** Hours within which a user's unconfirmed payments for one customer add up. */
  readonly confirmPaymentsWithinHours: number;
}

/** Everything that a deployment chose about the business. */
export interface DeploymentPolicy extends CallPolicy {
  /** How long a diagnosis takes at least, in seconds. */
  readonly troubleshootSeconds: number;
}

const defaultPaymentsAbove = 100;

/** @throws SettingsError at the first setting of the business that is wrong */
export function readPolicy(env: Environment): DeploymentPolicy {
  return {
    troubleshootSeconds: integer(env, 'TROUBLESHOOT_SECONDS', { least: 0, most: 180, otherwise: 45 }),
    confirmPaymentsAbove: readPaymentsAbove(env),
    confirmPaymentsWithinHours: integer(env, 'CONFIRM_PAYMENTS_HOURS', {
      least: 1,
      most: 720,
      otherwise: 24,
    }),
  };
}

function readPaymentsAbove(env: Environment): number {
  const value = text(env, 'CONFIRM_PAYMENTS_ABOVE');
  if (value === undefined) {
    return defaultPaymentsAbove;
  }
  const amount = Number(value);
  if (!Number.isFinite(amount) || amount < 0) {
    throw new SettingsError(
      `CONFIRM_PAYMENTS_ABOVE is "${value}"; it must be an amount in dollars, 0 or more.`,
    );
  }
  return amount;
}
