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
  if (decisionOf(invocation) === 'denied') {
    throw new Refused(
      `You need the permission ${invocation.operation.permission} for this; ask your administrator for a role that has it.`,
    );
  }
  return await next();
}

/** Whether the caller may do what is asked for, for whoever keeps a record of it. */
export function decisionOf({ operation, call }: Invocation): 'allowed' | 'denied' {
  return call.principal.permissions.has(operation.permission) ? 'allowed' : 'denied';
}
