import * as z from 'zod';
import { Refused } from '#platform/errors';
import { digestOf } from '#platform/idempotency';
import { id, line } from '#platform/mcp/definitions/inputs';
import { defineTool, type ToolCall } from '../../define.ts';
import { figures } from '../../labels.ts';
import { currentLock, unlockTime } from '../../rules/lock.ts';
import { customer, type SecurityEvent, securityEvent } from '../../rules/model.ts';
import {
  changeAccount,
  firstAnswer,
  hasReceipt,
  idempotencyKey,
  readAhead,
  readOrTake,
  receiptFor,
  receiptKeyOf,
  replacingWrite,
  wasWritten,
} from '../changes.ts';
import { loadCustomer, values } from '../lookups.ts';

const input = z.strictObject({
  customer_id: id('The customer.'),
  reason: line(500, 'Why it is unlocked and how the identity was verified; kept in the security log.'),
  idempotency_key: idempotencyKey,
});

const output = z.object({
  customer_id: customer.shape.customer_id,
  unlocked_at: securityEvent.shape.event_time,
});

function read({ customer_id, idempotency_key }: z.output<typeof input>, call: ToolCall) {
  return loadCustomer(call, customer_id, ['securityEvent'], receiptKeyOf(call, idempotency_key));
}

export const unlockAccount = defineTool({
  name: 'unlock_account',
  title: 'Unlock an account',
  description:
    "Unlocks a customer's locked account and records the reason. Use it only after the customer's identity was verified as the Account Unlock Procedure says (search_knowledge_base). Call get_security_logs first: an account that is not locked is refused. Give an idempotency_key so that a repeated call gets the first answer.",
  permission: 'security.write',
  progress: 'Asking for the unlock of the account',
  annotations: replacingWrite,
  labels: figures,
  input,
  output,
  example: ({ lockedCustomer }) => ({
    customer_id: lockedCustomer().customer_id,
    reason: 'Verified by two factors.',
  }),
  isRepetition: (asked, call) => hasReceipt(call, () => read(asked, call)),
  async confirmation(asked, call) {
    const { customer_id } = asked;
    const { account } = await readAhead(call, () => read(asked, call));
    const lock = currentLock(values(account.securityEvent));
    // An account that is not locked is refused below; there is nothing to agree to.
    return (
      lock && `This unlocks the account of customer ${customer_id}, which is locked since ${lock.event_time}.`
    );
  },
  async handler(asked, call) {
    const { customer_id, reason, idempotency_key } = asked;
    const digest = digestOf('unlock_account', { customer_id, reason });
    let event: SecurityEvent | undefined;
    return changeAccount(async () => {
      const { account, profile } = await readOrTake(call, () => read(asked, call));
      if (account.receipt !== undefined) {
        return output.parse(firstAnswer(account.receipt, digest));
      }
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
      const answer = { customer_id, unlocked_at: event.event_time };
      await call.store.accounts.commit(customer_id, [
        { insert: 'securityEvent', value: event },
        // Unchanged, for its ETag: of two unlocks that saw the same lock, one has to look again and is refused.
        { replace: 'profile', value: profile.value, etag: profile.etag },
        ...receiptFor(receiptKeyOf(call, idempotency_key), digest, answer),
      ]);
      return answer;
    });
  },
  summary({ customer_id, unlocked_at }) {
    return `The account of customer ${customer_id} was unlocked at ${unlocked_at}.`;
  },
});
