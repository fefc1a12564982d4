import { checkCaller } from './caller.ts';
import type { Check, Deployment, Problem } from './check.ts';
import { checkFiles } from './files.ts';
import { checkLanguage } from './language.ts';
import { checkLimits } from './limits.ts';
import { checkNamedValues } from './named-values.ts';
import { checkOrder } from './order.ts';
import { checkRefusals } from './refusals.ts';
import { checkRoutes } from './routes.ts';
import { checkSignIn } from './sign-in.ts';
import { checkSizes } from './sizes.ts';
import { checkStreams } from './streams.ts';
import { checkTenants } from './tenants.ts';
import { checkTier } from './tier.ts';

const checks: readonly Check[] = [
  checkTenants,
  checkLanguage,
  checkNamedValues,
  checkStreams,
  checkOrder,
  checkCaller,
  checkLimits,
  checkRefusals,
  checkSignIn,
  checkSizes,
  checkTier,
  checkRoutes,
  checkFiles,
];

/** Everything that is wrong with the policies, whether they are freshly generated or not. */
export function problemsOf(deployment: Deployment): readonly Problem[] {
  return checks.flatMap((check) => check(deployment));
}
