import type { DemoClient } from '../clients.ts';
import type { Report } from '../report.ts';

/** Looks up what the company promises about data overage. */
export async function policies(client: DemoClient, report: Report): Promise<void> {
  report.scene('Policies');
  const found = await client.call('search_knowledge_base', {
    query: 'upgrade the plan after using too much data',
  });
  const documents = found.data.documents as { title: string }[];
  report.say(found.text);
  report.check(
    'the Data Overage Policy is among the best matches',
    documents.some(({ title }) => title === 'Data Overage Policy'),
  );
}
