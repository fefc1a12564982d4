import type { Card } from '#platform/mcp/definitions/card';
import { digests } from './pages/digests.ts';

/** What clients can show beside answers. The pages are made from the folders of the same names in `cards/`. */
export const cards: readonly Card[] = [
  {
    name: 'usage',
    title: 'Data usage',
    tools: ['get_data_usage'],
    calls: ['get_data_usage', 'get_subscription_detail'],
    digest: digests.usage,
    page: async () => (await import('./pages/usage.ts')).page,
  },
];
