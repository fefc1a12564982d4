import { randomBytes } from 'node:crypto';
import { type Environment, integer, SettingsError, text } from './read.ts';
import type { Where } from './where.ts';

export interface ConfirmationSettings {
  /** Secret for what clients carry between two requests; all instances of a deployment share it. */
  readonly signingKey: string;
  /** Dollars above which a payment, or the sum of several, is confirmed by the user first. */
  readonly paymentsAbove: number;
  /** Hours within which a user's unconfirmed payments for one customer add up towards it. */
  readonly paymentsWithinHours: number;
}

const leastKeyBytes = 32;
const defaultPaymentsAbove = 100;

export function readConfirmation(env: Environment, where: Where): ConfirmationSettings {
  return {
    signingKey: readSigningKey(env, where),
    paymentsAbove: readPaymentsAbove(env),
    paymentsWithinHours: integer(env, 'CONFIRM_PAYMENTS_HOURS', { least: 1, most: 720, otherwise: 24 }),
  };
}

/** A developer's single process may make one up; several instances must share one, or every second answer is refused. */
function readSigningKey(env: Environment, { development, azure }: Where): string {
  const key = text(env, 'STATE_SIGNING_KEY');
  if (key === undefined) {
    if (development && !azure) return randomBytes(leastKeyBytes).toString('base64url');
    throw new SettingsError(
      `STATE_SIGNING_KEY is not set; it must be a secret of at least ${leastKeyBytes} bytes that all instances share, such as a Key Vault reference.`,
    );
  }
  if (Buffer.byteLength(key) < leastKeyBytes) {
    throw new SettingsError(
      `STATE_SIGNING_KEY is too short; it must be a secret of at least ${leastKeyBytes} bytes.`,
    );
  }
  return key;
}

function readPaymentsAbove(env: Environment): number {
  const value = text(env, 'CONFIRM_PAYMENTS_ABOVE');
  if (value === undefined) return defaultPaymentsAbove;
  const amount = Number(value);
  if (!Number.isFinite(amount) || amount < 0) {
    throw new SettingsError(
      `CONFIRM_PAYMENTS_ABOVE is "${value}"; it must be an amount in dollars, 0 or more.`,
    );
  }
  return amount;
}
