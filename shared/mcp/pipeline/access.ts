import { Refused } from '../../contoso/errors.ts';
import type { Middleware } from './invocation.ts';

/**
 * Deny by default, on every path that reaches a tool. The endpoint has answered a direct call without the permission
 * with HTTP 403 before; this holds for every other way in.
 */
export const access: Middleware = (invocation, next) => {
  const { permission } = invocation.tool.definition;
  if (!invocation.call.principal.permissions.has(permission)) {
    throw new Refused(
      `You need the permission ${permission} for this; ask your administrator for a role that has it.`,
    );
  }
  return next();
};
