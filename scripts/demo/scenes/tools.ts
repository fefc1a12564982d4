import type { DemoClient } from '../clients.ts';
import type { Report } from '../report.ts';

/** What the endpoint offers to somebody who may only read. */
export async function tools(client: DemoClient, report: Report): Promise<void> {
  report.scene('Tools');
  const names = await client.toolNames();
  report.say(names.join(', '));
  report.check('the role query sees the tools that read', names.includes('get_billing_summary'));
  report.check('and no unlock_account', !names.includes('unlock_account'));
  const refusal = await client.call('unlock_account', { customer_id: 254, reason: 'Just trying.' }).then(
    () => undefined,
    (error: unknown) => error,
  );
  report.check(
    'calling it all the same is refused before it reaches the tool (403)',
    refusal instanceof Error,
  );
}
