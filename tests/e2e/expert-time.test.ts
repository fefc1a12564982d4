import { afterAll, beforeAll, expect, it } from 'vitest';
import * as z from 'zod';
import { connect } from '../../scripts/client/connect.ts';
import { freshTenant, testDataStorage } from '../support/azurite.ts';
import { type Service, startService, tokenFor } from '../support/service.ts';

let service: Service;

const answer = z.looseObject({ status: z.string(), answer: z.string(), conversation_id: z.string() });

beforeAll(async () => {
  service = await startService({
    env: {
      AzureWebJobsStorage: testDataStorage(),
      AzureFunctionsJobHost__extensions__durableTask__hubName: `Time${freshTenant()}`.replace(/\W/g, ''),
      EXPERT_SECONDS: '10',
      TROUBLESHOOT_SECONDS: '9',
    },
  });
});

afterAll(async () => {
  await service?.stop();
});

it('an expert leaves a diagnosis that takes too long, and the next question reads its result', async () => {
  const url = `${service.host.origin}/agentic/mcp`;
  // Without a progress token.
  const client = await connect({ url, token: tokenFor(service.tenants[0], ['query']) });
  const ask = async (args: Record<string, unknown>) => {
    const { structuredContent } = await client.callTool({ name: 'ask_product_expert', arguments: args });
    return answer.parse(structuredContent);
  };
  const first = await ask({ question: 'Please troubleshoot my old router.' });
  expect(first).toMatchObject({ status: 'needs_input', follow_up: expect.any(String) });
  expect(first.answer).toMatch(/A diagnosis goes on as task [\w-]{32}\./);
  const { conversation_id } = first;
  const second = await ask({ question: 'What came out of the diagnosis?', conversation_id });
  await client.close();
  expect(second.status).toBe('done');
  expect(second.answer).toMatch(/^Diagnosis of old router/);
});
