import { afterAll, beforeAll, expect, it } from 'vitest';
import { doorOf } from '../../security/door.ts';
import { startTarget, type Target } from '../../security/target.ts';
import { startFakeOpenAi } from '../../support/fake-openai.ts';
import type { FakeOpenAi } from '../../support/fake-openai-server.ts';
import { type Collector, startCollector } from './collector.ts';
import { diagnose } from './diagnose.ts';
import type { ExportedSpan } from './exported.ts';

const traceId = 'c'.repeat(32);
const meta = { traceparent: `00-${traceId}-c3c3c3c3c3c3c3c3-01` };
const answer = {
  status: 'done',
  answer: 'Nothing is outstanding.',
  citations: [],
  actions: [],
  follow_up: null,
};

let collector: Collector;
let model: FakeOpenAi;
let target: Target;

beforeAll(async () => {
  collector = await startCollector();
  model = await startFakeOpenAi(
    { calls: [{ name: 'get_billing_summary', arguments: { customer_id: 1 } }] },
    { text: JSON.stringify(answer) },
  );
  target = await startTarget({
    env: {
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint,
      OPENAI_BASE_URL: model.baseUrl,
      OPENAI_CHAT_MODEL: 'deployment-of-the-test',
    },
  });
  const token = target.authority.mint(target.tenants[0].tid);
  const door = doorOf({ ...target.app, mcp: target.app.agentic });
  await door.callTool(token, 'ask_billing_expert', { question: 'What does customer 1 owe?' }, { meta });
  await diagnose(target.app.jobs, () =>
    door.callTool(token, 'trouble_shoot_device', { device_name: 'router', detail: 'slow' }, { meta }),
  );
  await target.app.close();
});

afterAll(async () => {
  await target?.stop();
  await model?.stop();
  await collector?.stop();
});

const spansNamed = (name: string): ExportedSpan[] => collector.spans().filter((span) => span.name === name);
const only = (name: string): ExportedSpan => spansNamed(name)[0] ?? expect.fail(`no span "${name}"`);

it('an expert’s turns and calls are in the caller’s trace', () => {
  const asked = only('tools/call ask_billing_expert');
  const agent = only('invoke_agent billing');
  expect(agent).toMatchObject({ traceId, parentSpanId: asked.spanId });
  const turns = spansNamed('chat deployment-of-the-test');
  expect(turns).toHaveLength(2);
  expect(turns.map(({ parentSpanId }) => parentSpanId)).toEqual([agent.spanId, agent.spanId]);
  expect(only('execute_tool get_billing_summary')).toMatchObject({
    traceId,
    parentSpanId: agent.spanId,
    attributes: { 'contoso.by': 'expert' },
  });
});

it('the model is told the trace', () => {
  const turns = spansNamed('chat deployment-of-the-test');
  expect(model.requests.map(({ headers }) => headers.traceparent)).toEqual(
    turns.map(({ spanId }) => `00-${traceId}-${spanId}-01`),
  );
});

it('token use is on each turn, added up on the call, and in the metrics', () => {
  const [turn] = spansNamed('chat deployment-of-the-test');
  expect(turn?.attributes).toMatchObject({
    'gen_ai.usage.input_tokens': 100,
    'gen_ai.usage.output_tokens': 20,
  });
  expect(only('tools/call ask_billing_expert').attributes).toMatchObject({
    'gen_ai.usage.input_tokens': 200,
    'gen_ai.usage.output_tokens': 40,
  });
  const used = collector.points('gen_ai.client.token.usage').map(({ attributes, sum }) => ({
    model: attributes['gen_ai.request.model'],
    type: attributes['gen_ai.token.type'],
    tenant: attributes['contoso.tenant'],
    sum,
  }));
  expect(used).toEqual([
    { model: 'deployment-of-the-test', type: 'input', tenant: target.tenants[0].slug, sum: 200 },
    { model: 'deployment-of-the-test', type: 'output', tenant: target.tenants[0].slug, sum: 40 },
  ]);
  const asked = collector.points('gen_ai.client.operation.duration');
  expect(asked).toMatchObject([{ attributes: { 'contoso.tenant': target.tenants[0].slug }, count: 2 }]);
});

it('the steps of a job go on in the trace of the call that began it', () => {
  const call = only('tools/call trouble_shoot_device');
  expect(call.traceId).toBe(traceId);
  expect(only('job step collect_inventory')).toMatchObject({
    traceId,
    parentSpanId: call.spanId,
    attributes: { 'contoso.tenant': target.tenants[0].slug, 'contoso.job.step': 'collect_inventory' },
  });
});

it('jobs and the attempts at their steps are counted', () => {
  const tenant = { 'contoso.tenant': target.tenants[0].slug };
  expect(collector.points('contoso.jobs.started')).toEqual([{ attributes: tenant, count: 1, sum: 0 }]);
  expect(collector.points('contoso.jobs.ended')).toEqual([
    { attributes: { ...tenant, 'contoso.job.status': 'cancelled' }, count: 1, sum: 0 },
  ]);
  expect(collector.points('contoso.job.step.duration')).toMatchObject([
    { attributes: { 'contoso.job.step': 'collect_inventory' }, count: 1 },
  ]);
});

it('a job’s lines lead from the call that began it to its steps and its end', () => {
  const lines = target.logLines.map((line) => JSON.parse(line) as Record<string, unknown>);
  const call = lines.find(({ tool }) => tool === 'trouble_shoot_device');
  const started = lines.find(({ message }) => message === 'job started');
  const { job } = started ?? {};
  const tenant = target.tenants[0].slug;
  expect(started).toMatchObject({ tenant, correlationId: call?.correlationId, traceId });
  expect(lines.filter((line) => line.job === job)).toMatchObject([
    { message: 'job started', level: 'info' },
    { message: 'job ended', status: 'cancelled', tenant },
    { message: 'job step carried out', step: 'collect_inventory', outcome: 'ok', tenant, traceId },
  ]);
});

it('the line of an expert’s answer says for whom, and for which call', () => {
  const lines = target.logLines.map((line) => JSON.parse(line) as Record<string, unknown>);
  const call = lines.find(({ tool }) => tool === 'ask_billing_expert');
  expect(lines.find(({ message }) => message === 'expert answered')).toMatchObject({
    ...{ tenant: target.tenants[0].slug, correlationId: call?.correlationId, traceId },
    ...{ inputTokens: 200, outputTokens: 40 },
  });
});

it('no question, answer or argument is in anything that was sent', () => {
  const sent = collector.bodies.join('\n');
  for (const text of ['What does customer', 'Nothing is outstanding', 'router', 'slow', 'OPENAI', 'Bearer']) {
    expect(sent).not.toContain(text);
  }
});
