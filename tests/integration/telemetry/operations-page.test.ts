import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countAuditLost } from '#platform/telemetry/counts';
import { sendInSpan } from '#platform/telemetry/storage-use';
import { doorOf } from '../../security/door.ts';
import { startTarget, type Target } from '../../security/target.ts';
import { startFakeOpenAi } from '../../support/fake-openai.ts';
import type { FakeOpenAi } from '../../support/fake-openai-server.ts';
import { dimensionsIn, kqlStatements, metricRows } from '../../support/operations-page.ts';
import { type Collector, startCollector } from './collector.ts';
import { diagnose } from './diagnose.ts';

let collector: Collector;
let model: FakeOpenAi;
let target: Target;

/** One of everything that is measured, and of every way in which it can end. */
beforeAll(async () => {
  collector = await startCollector();
  const answer = { status: 'done', answer: 'Done.', citations: [], actions: [], follow_up: null };
  model = await startFakeOpenAi({ text: JSON.stringify(answer) }, { status: 401 });
  target = await startTarget({
    env: {
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint,
      OPENAI_BASE_URL: model.baseUrl,
      OPENAI_CHAT_MODEL: 'deployment-of-the-test',
      MODEL_PRICES: JSON.stringify({
        currency: 'EUR',
        models: { 'deployment-of-the-test': { input: 1, output: 10 } },
      }),
    },
  });
  const { app, authority, tenants } = target;
  const token = authority.mint(tenants[0].tid);
  await target.callTool(token, 'get_customer_detail', { customer_id: 1 });
  await target.callTool(token, 'unlock_account', { customer_id: 2, reason: 'asked' });
  const prompt = { name: 'explain_invoice', arguments: { customer_id: '1' } };
  await target.rpc({ method: 'prompts/get', params: prompt, token });
  const agentic = doorOf({ ...app, mcp: app.agentic });
  await agentic.callTool(token, 'ask_billing_expert', { question: 'What?' });
  await agentic.callTool(token, 'ask_billing_expert', { question: 'And now?' });
  const device = { device_name: 'router', detail: 'slow' };
  await diagnose(app.jobs, () => agentic.callTool(token, 'trouble_shoot_device', device));
  const lost = {
    ...{ tenant: tenants[0].slug, step: 'connectivity', day: '2026-03-14', operationId: 'job' },
    request: { ...device, subscription_id: 99 },
  };
  await expect(app.jobs.registered[0]?.runStep(lost)).rejects.toThrow();
  const noAnswer = () => Promise.reject(new Error('down'));
  await expect(sendInSpan({ method: 'GET', url: '' }, undefined, noAnswer)).rejects.toThrow();
  countAuditLost(1);
  await app.close();
});

afterAll(async () => {
  await target?.stop();
  await model?.stop();
  await collector?.stop();
});

const attributesOf = (spans: (name: string) => boolean) =>
  collector
    .spans()
    .filter(({ name }) => spans(name))
    .flatMap(({ attributes }) => Object.keys(attributes));

it('the page lists what is exported, with the units and attributes that it has', () => {
  const exported = collector.instruments().map(({ name, unit, points }) => ({
    ...{ name, unit },
    attributes: [...new Set(points.flatMap(({ attributes }) => Object.keys(attributes)))].sort(),
  }));
  // nothing here was renamed yet; tests/integration/example/renamed.test.ts sees it exported
  const rows = metricRows.filter(({ name }) => name !== 'contoso.tool.former_name.calls');
  expect(rows).toHaveLength(metricRows.length - 1);
  const listed = rows.map(({ attributes, ...row }) => ({ ...row, attributes: attributes.toSorted() }));
  const byName = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1);
  expect(listed.toSorted(byName)).toEqual(exported.sort(byName));
});

describe('a query over spans', () => {
  const tables: readonly (readonly [string, (name: string) => boolean])[] = [
    ['requests', (name) => name.startsWith('tools/call ')],
    ['dependencies', (name) => name.startsWith('read ')],
  ];

  it.each(tables)('of %s looks at attributes that they have', (table, spans) => {
    const queries = kqlStatements.filter((statement) => statement.startsWith(table));
    expect(queries.length).toBeGreaterThan(0);
    const known = attributesOf(spans);
    expect(queries.flatMap(dimensionsIn).filter((name) => !known.includes(name))).toEqual([]);
  });
});
