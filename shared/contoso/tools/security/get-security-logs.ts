import * as z from 'zod';
import { counted } from '#platform/counted';
import { id } from '#platform/mcp/definitions/inputs';
import { readOnly } from '#platform/mcp/definitions/tool';
import { defineTool } from '../../define.ts';
import { writtenByOthers } from '../../labels.ts';
import { currentLock, newestEvents } from '../../rules/lock.ts';
import { securityEvent } from '../../rules/model.ts';
import { loadCustomer, values } from '../lookups.ts';

export const getSecurityLogs = defineTool({
  name: 'get_security_logs',
  title: 'Security log of an account',
  description:
    "Returns whether a customer's account is locked now, and its logins, locks and unlocks, newest first. Use it when a customer cannot sign in, and always before unlock_account.",
  permission: 'security.read',
  progress: 'Looking at the security log',
  annotations: readOnly,
  labels: writtenByOthers,
  input: z.strictObject({ customer_id: id('The customer.') }),
  output: z.object({ locked: z.boolean(), logs: z.array(securityEvent) }),
  example: ({ customer }) => ({ customer_id: customer().customer_id }),
  async handler({ customer_id }, call) {
    const { account } = await loadCustomer(call, customer_id, ['securityEvent']);
    const events = values(account.securityEvent);
    return { locked: currentLock(events) !== undefined, logs: newestEvents(events) };
  },
  summary({ locked, logs }) {
    return `The account is ${locked ? 'locked' : 'not locked'}; ${counted(logs.length, 'event is', 'events are')} in its log.`;
  },
});
