import { afterAll, beforeAll, expect, it } from 'vitest';
import type { AuditEntry } from '#platform/access/audit';
import { auditStore } from '#platform/storage/audit-store';
import { readSettings } from '#shared/settings';
import { type Answer, currentClient, formerClient } from '../../../scripts/demo/clients.ts';
import { bulkWrite } from '../../../seed/writing/bulk.ts';
import { type App, createApp } from '../../../shared/app.ts';
import { freshTenant, testStorage } from '../../support/azurite.ts';
import { startFakeOpenAi } from '../../support/fake-openai.ts';
import type { FakeOpenAi } from '../../support/fake-openai-server.ts';
import { startRoundRobin } from '../../support/round-robin.ts';
import { type HttpServer, serveHttp } from '../../support/serve-http.ts';
import { environment, type TestTenant, tokenFor } from '../../support/service.ts';
import { smallDataset } from '../../support/small-dataset.ts';

/** Two instances on one storage, behind a proxy that sends each request to the other one. */
let apps: App[];
let servers: HttpServer[];
let proxy: HttpServer;
let model: FakeOpenAi;
let tenants: readonly [TestTenant, TestTenant];

/** A turn that costs 100 tokens read and 20 written. */
const asksBack = {
  text: JSON.stringify({
    status: 'needs_input',
    answer: 'It depends on the customer.',
    citations: [],
    actions: [],
    follow_up: 'Which customer is it about?',
  }),
};

beforeAll(async () => {
  model = await startFakeOpenAi();
  tenants = await Promise.all([aTenant('a'), aTenant('b')]);
  const [first, second] = tenants;
  const served = JSON.parse(environment([first]).TENANTS ?? '[]');
  const [own] = JSON.parse(environment([second]).TENANTS ?? '[]');
  const settings = readSettings({
    ...environment(tenants),
    AZURE_FUNCTIONS_ENVIRONMENT: 'Development',
    STATE_SIGNING_KEY: 'a key that both instances share: at least 32 bytes',
    TENANTS: JSON.stringify([...served, { ...own, model: 'large' }]),
    OPENAI_BASE_URL: model.baseUrl,
    OPENAI_CHAT_MODEL: 'small',
    QUESTIONS_PER_USER: '3',
    TOKENS_PER_TENANT: '1000',
    MODEL_PRICES: JSON.stringify({
      currency: 'EUR',
      models: { small: { input: 1, output: 10 }, large: { input: 5, output: 50 } },
    }),
  });
  const logger = { log: () => {} };
  apps = await Promise.all([createApp({ settings, logger }), createApp({ settings, logger })]);
  servers = await Promise.all(apps.map(({ agentic }) => serveHttp(agentic)));
  proxy = await startRoundRobin(servers.map(({ port }) => port));
});

afterAll(async () => {
  await proxy?.close();
  await Promise.all((servers ?? []).map((server) => server.close()));
  await Promise.all((apps ?? []).map((app) => app.close()));
  await model?.stop();
});

async function aTenant(letter: 'a' | 'b'): Promise<TestTenant> {
  const slug = freshTenant();
  await bulkWrite(await testStorage(), slug, smallDataset);
  return { slug, tid: `${letter}0000000-0000-4000-8000-00000000000${letter}`, data: smallDataset };
}

interface Asker {
  ask(): Promise<Answer>;
  close(): Promise<void>;
}

async function asker(connect: typeof currentClient, tenant: TestTenant, user: string): Promise<Asker> {
  const url = `http://127.0.0.1:${proxy.port}/agentic/mcp`;
  const client = await connect({ url, token: tokenFor(tenant, ['query'], user) });
  return {
    ask: () => {
      model.plan(asksBack);
      return client.call('ask_billing_expert', { question: 'What is open?' });
    },
    close: () => client.close(),
  };
}

it.each([
  ['2.x', currentClient],
  ['1.x', formerClient],
])('a user of the %s client is warned, and refused at the end, over both instances', async (era, connect) => {
  const { ask, close } = await asker(connect, tenants[0], `user of ${era}`);
  const before = model.chats().length;
  const answers = [await ask(), await ask(), await ask()];
  const refused = await ask();
  await close();
  expect(answers.map(({ data }) => data.answer)).toEqual([
    'It depends on the customer.',
    'It depends on the customer.',
    expect.stringMatching(
      /^It depends on the customer\.\n\nNote: of your questions for today, 3 of 3 are used; they are renewed at \d{4}-\d\d-\d\d 00:00 UTC\.$/,
    ),
  ]);
  expect(refused).toMatchObject({ refused: true });
  expect(refused.text).toMatch(
    /your questions for today are used up \(3 of 3\); ask again after .* 00:00 UTC/,
  );
  expect(model.chats().length - before, 'a refused question costs nothing').toBe(3);
});

it('a tenant’s users share its tokens, which its own model uses', async () => {
  const before = model.chats().length;
  const texts: string[] = [];
  for (const user of ['one', 'two', 'three', 'four']) {
    const { ask, close } = await asker(currentClient, tenants[1], user);
    for (let turn = 0; turn < 3; turn += 1) {
      texts.push((await ask()).text);
    }
    await close();
  }
  const asked = model.chats().slice(before);
  expect(asked.map((chat) => chat.model)).toEqual(Array.from({ length: 9 }, () => 'large'));
  expect(texts[7]).toContain('of your organisation’s tokens for today, 960 of 1000 are used');
  expect(texts.slice(9)).toEqual(
    Array.from({ length: 3 }, () =>
      expect.stringContaining('your organisation’s tokens for today are used up (1080 of 1000)'),
    ),
  );
});

it('the trail has the tokens of every question, and what they cost', async () => {
  await Promise.all(apps.map((app) => app.close()));
  const [small, large] = await Promise.all(tenants.map(({ slug }) => entriesOf(slug)));
  const used = { inputTokens: 100, outputTokens: 20, currency: 'EUR' };
  expect(small).toEqual(
    expect.arrayContaining([expect.objectContaining({ ...used, outcome: 'ok', cost: 0.0003 })]),
  );
  expect(large?.filter(({ outcome }) => outcome === 'ok')).toEqual(
    Array.from({ length: 9 }, () => expect.objectContaining({ ...used, cost: 0.0015 })),
  );
  const refused = [...(small ?? []), ...(large ?? [])].filter(({ outcome }) => outcome === 'refused');
  expect(refused).toHaveLength(5);
  for (const entry of refused) {
    expect(entry).not.toHaveProperty('inputTokens');
  }
});

async function entriesOf(tenant: TestTenant['slug']): Promise<AuditEntry[]> {
  const entries: AuditEntry[] = [];
  const now = new Date();
  const since = new Date(now.getTime() - 3_600_000);
  for await (const entry of auditStore(await testStorage()).read({ tenant, since, now })) {
    entries.push(entry);
  }
  return entries.filter(({ tool }) => tool === 'ask_billing_expert');
}
