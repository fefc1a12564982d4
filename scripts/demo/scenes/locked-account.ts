import { callAgreeing, type DemoClient } from '../clients.ts';
import type { Report } from '../report.ts';

/** An officer unlocks an account after agreeing to exactly that; the account can be unlocked once. */
export async function lockedAccount(client: DemoClient, report: Report): Promise<void> {
  report.scene('A locked account');
  const customer_id = 254;
  const before = await client.call('get_security_logs', { customer_id });
  report.say(before.text);
  const unlock = { customer_id, reason: 'Identity and second factor checked by phone.' };
  if (before.data.locked !== true) {
    const refused = await client.call('unlock_account', unlock);
    report.check(`nothing to unlock: ${refused.text}`, refused.refused);
    return;
  }
  const answer = await callAgreeing(client, 'unlock_account', unlock);
  report.check(`after agreeing: ${answer.text}`, !answer.refused);
  const after = await client.call('get_security_logs', { customer_id });
  report.check('the account is open again', after.data.locked === false);
}
