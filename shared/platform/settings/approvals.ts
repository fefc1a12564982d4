import type { TenantId } from '../identity/tenant.ts';
import { type Environment, integer, SettingsError, text } from './read.ts';
import type { TenantSettings } from './tenants.ts';

export interface ApprovalSettings {
  /** Above which a change of a tenant needs a second person, in the unit of the business; who is not in it has no limit. */
  readonly above: ReadonlyMap<TenantId, number>;
  /** How long a call waits for a second person. */
  readonly hours: number;
}

/** `APPROVE_ABOVE` is the limit of every tenant that has none of its own in TENANTS. */
export function readApprovals(env: Environment, tenants: readonly TenantSettings[]): ApprovalSettings {
  const forAll = readAbove(env);
  return {
    above: new Map(
      tenants.flatMap(({ slug, approveAbove = forAll }) =>
        approveAbove === undefined ? [] : [[slug, approveAbove] as const],
      ),
    ),
    hours: integer(env, 'APPROVAL_HOURS', { least: 1, most: 720, otherwise: 72 }),
  };
}

function readAbove(env: Environment): number | undefined {
  const value = text(env, 'APPROVE_ABOVE');
  const above = Number(value);
  if (value !== undefined && (!Number.isFinite(above) || above < 0)) {
    throw new SettingsError(
      `APPROVE_ABOVE is "${value}"; it must be an amount, 0 or more, above which a change needs a second person, or empty for none.`,
    );
  }
  return value === undefined ? undefined : above;
}
