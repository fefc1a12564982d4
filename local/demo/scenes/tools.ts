import type { DemoClient } from '../clients.ts';
import type { Report } from '../report.ts';

/** What the endpoint offers to this caller. */
export async function tools(client: DemoClient, report: Report): Promise<void> {
  report.heading(`Tools (${client.era})`);
  const names = await client.toolNames();
  report.say(names.join(', '));
  report.check('all eighteen are there', names.length === 18);
}
