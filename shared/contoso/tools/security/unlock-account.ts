import * as z from 'zod';
import { Refused } from '#platform/errors';
import { id, line } from '#platform/mcp/definitions/inputs';
import { defineTool } from '../../define.ts';
import { currentLock, unlockTime } from '../../rules/lock.ts';
import { customer, type SecurityEvent, securityEvent } from '../../rules/model.ts';
import { changeAccount, replacingWrite, wasWritten } from '../changes.ts';
import { loadCustomer, values } from '../lookups.ts';

export const unlockAccount = defineTool({
  name: 'unlock_account',
  title: 'Unlock an account',
  description:
    "Unlocks a customer's locked account and records the reason. Use it only after the customer's identity was verified as the Account Unlock Procedure says (search_knowledge_base). Call get_security_logs first: an account that is not locked is refused.",
  permission: 'security.write',
  progress: 'Asking for the unlock of the account',
  annotations: replacingWrite,
  input: z.strictObject({
    customer_id: id('The customer.'),
    reason: line(500, 'Why it is unlocked and how the identity was verified; kept in the security log.'),
  }),
  output: z.object({
    customer_id: customer.shape.customer_id,
    unlocked_at: securityEvent.shape.event_time,
  }),
  async confirmation({ customer_id }, call) {
    const { account } = await loadCustomer(call, customer_id, ['securityEvent']);
    const lock = currentLock(values(account.securityEvent));
    // An account that is not locked is refused below; there is nothing to agree to.
    return (
      lock && `This unlocks the account of customer ${customer_id}, which is locked since ${lock.event_time}.`
    );
  },
  async handler({ customer_id, reason }, call) {
    let event: SecurityEvent | undefined;
    return changeAccount(async () => {
      const { account, profile } = await loadCustomer(call, customer_id, ['securityEvent']);
      if (event !== undefined && wasWritten(account.securityEvent, event)) {
        return { customer_id, unlocked_at: event.event_time };
      }
      const lock = currentLock(values(account.securityEvent));
      if (lock === undefined) {
        throw new Refused(
          `The account of customer ${customer_id} is not locked, so there is nothing to unlock; call get_security_logs to see its history.`,
        );
      }
      event = {
        event_id: event?.event_id ?? (await call.store.nextId('securityEvent')),
        customer_id,
        event_type: 'account_unlocked',
        event_time: unlockTime(lock, call.now().toISOString()),
        description: reason,
      };
      await call.store.accounts.commit(customer_id, [
        { insert: 'securityEvent', value: event },
        // Unchanged, for its ETag: of two unlocks that saw the same lock, one has to look again and is refused.
        { replace: 'profile', value: profile.value, etag: profile.etag },
      ]);
      return { customer_id, unlocked_at: event.event_time };
    });
  },
  summary({ customer_id, unlocked_at }) {
    return `The account of customer ${customer_id} was unlocked at ${unlocked_at}.`;
  },
});
