import { type Exposure, exposureOf, viewerAt } from '../../access/exposure.ts';
import { Refused } from '../../errors.ts';
import type { Answer } from './answer.ts';
import type { Next } from './compose.ts';
import type { Invocation } from './invocation.ts';

/**
 * Deny by default, on every path that reaches an operation. The endpoint has answered a direct call without the
 * permission with HTTP 403 before; this holds for every other way in.
 */
export async function access<Result>(
  invocation: Invocation<Result>,
  next: Next<Result>,
): Promise<Answer<Result>> {
  switch (exposureTo(invocation)) {
    case 'open':
      return await next();
    case 'withheld':
      throw new Refused(
        `You need the permission ${invocation.operation.offer.thing.permission} for this; ask your administrator for a role that has it.`,
      );
    case 'absent':
      throw new Refused('There is nothing of this name here; ask for the list to see what you may use.');
  }
}

/** Whether the caller may do what is asked for, and for what reason, for whoever keeps a record of it. */
export function decisionOf(invocation: Invocation): {
  readonly decision: 'allowed' | 'denied';
  readonly reason: string;
} {
  const { operation, call } = invocation;
  switch (exposureTo(invocation)) {
    case 'open':
      return { decision: 'allowed', reason: `role:${call.principal.roles.join('+')}` };
    case 'withheld':
      return { decision: 'denied', reason: `missing:${operation.offer.thing.permission}` };
    case 'absent':
      return { decision: 'denied', reason: 'not_offered' };
  }
}

function exposureTo({ operation, endpoint, call }: Invocation): Exposure {
  return exposureOf(operation.offer, viewerAt(endpoint, call.principal));
}
