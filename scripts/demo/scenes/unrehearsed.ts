import { randomInt } from 'node:crypto';
import { formatMoney } from '#contoso/rules/money';
import { generatedCustomers } from '#seed/generate/customers';
import type { DemoClient } from '../clients.ts';
import type { Report } from '../report.ts';

/**
 * A question that nobody has prepared, with a slip of the pen: about two customers who are drawn by lot.
 * @param experts at the experts' endpoint
 * @param records at the one with the tools, to look up what is right
 */
export async function unrehearsed(experts: DemoClient, records: DemoClient, report: Report): Promise<void> {
  report.scene('A question that nobody rehearsed');
  const first = randomInt(1, generatedCustomers);
  const second = randomInt(first + 1, generatedCustomers + 1);
  const question = `what do custmers ${first} and ${second} owe together?`;
  report.say(question);
  const answer = await experts.call('ask_expert', { question });
  report.say(answer.text.split('\n\n')[0] ?? '');
  const dues = await Promise.all(
    [first, second].map((customer_id) => records.call('get_billing_summary', { customer_id })),
  );
  const sum = dues.reduce((total, { data }) => total + Number(data.total_due), 0);
  report.check(`the ${answer.data.domain} expert answered`, answer.data.domain === 'billing');
  report.check(
    `and the sum is what the records say: ${formatMoney(sum)}`,
    answer.data.status === 'done' && answer.text.includes(formatMoney(sum)),
  );
}
