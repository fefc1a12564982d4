import { Refused } from '../../errors.ts';
import type { Invocation, Middleware } from './invocation.ts';

/**
 * Deny by default, on every path that reaches a tool. The endpoint has answered a direct call without the permission
 * with HTTP 403 before; this holds for every other way in.
 */
export const access: Middleware = (invocation, next) => {
  if (decisionOf(invocation) === 'denied') {
    throw new Refused(
      `You need the permission ${invocation.tool.definition.permission} for this; ask your administrator for a role that has it.`,
    );
  }
  return next();
};

/** Whether the caller may call the tool, for whoever keeps a record of it. */
export function decisionOf({ tool, call }: Invocation): 'allowed' | 'denied' {
  return call.principal.permissions.has(tool.definition.permission) ? 'allowed' : 'denied';
}
