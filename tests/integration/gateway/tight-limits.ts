import { planNames } from '#gateway/generate/named-values';
import { readRegistry } from '#gateway/registry';

/** Calls a minute in the variant `tight`, of a tenant and of a user or an address; in `tight-for-users` only the latter. */
export const limits = { tenant: 3, user: 2 } as const;

const plans = Object.keys(readRegistry().plans);
export const tightForTenants = {
  ...Object.fromEntries(plans.map((plan) => [planNames(plan).tenantCalls, String(limits.tenant)])),
  'sign-in-tenant-calls': String(limits.tenant),
};
/** The table has more calls of one user than a minute allows. */
export const roomy = Object.fromEntries(
  plans
    .flatMap((plan) => [planNames(plan).tenantCalls, planNames(plan).userCalls])
    .map((name) => [name, '100000']),
);
export const tightForUsers = {
  ...Object.fromEntries(plans.map((plan) => [planNames(plan).userCalls, String(limits.user)])),
  'sign-in-address-calls': String(limits.user),
};
