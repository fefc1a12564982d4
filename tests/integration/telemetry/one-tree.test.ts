import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { domainDefinitions } from '#contoso/experts/domains';
import { versionOf } from '#platform/experts/definition';
import { readTrail } from '#scripts/trail/read-trail';
import { doorOf } from '../../security/door.ts';
import { startTarget, type Target } from '../../security/target.ts';
import { testDataStorage } from '../../support/azurite.ts';
import { startFakeOpenAi } from '../../support/fake-openai.ts';
import type { FakeOpenAi } from '../../support/fake-openai-server.ts';
import { answerText } from '../../unit/experts/answers.ts';
import { type Collector, startCollector } from './collector.ts';
import type { ExportedSpan } from './exported.ts';

const traceId = 'd'.repeat(32);
const client = { traceId, spanId: 'd4'.repeat(8) };
const secret = 'My grandmother was born in Samarkand.';

let collector: Collector;
let model: FakeOpenAi;
let target: Target;
let trail: readonly { readonly tool: string; readonly correlationId?: string | undefined }[];
let conversation: unknown;
let session: string;

/** One question of a client of each era, and what is on record of the first. */
beforeAll(async () => {
  collector = await startCollector();
  const summary = {
    calls: [{ name: 'get_billing_summary', arguments: { customer_id: 1 } }],
    thought: secret,
  };
  model = await startFakeOpenAi(summary, { text: answerText() }, { text: answerText() });
  model.countPrompts();
  target = await startTarget({
    env: {
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint,
      OPENAI_BASE_URL: model.baseUrl,
      OPENAI_CHAT_MODEL: 'deployment',
      MODEL_API: 'responses',
    },
  });
  const [{ tid, slug }] = target.tenants;
  const token = target.authority.mint(tid);
  const agentic = doorOf({ ...target.app, mcp: target.app.agentic });
  const headers = { traceparent: `00-${client.traceId}-${client.spanId}-01` };
  const question = `${secret} What does customer 1 owe?`;
  const { message } = await agentic.callTool(token, 'ask_billing_expert', { question }, { headers });
  conversation = (message.result as { structuredContent?: { conversation_id?: unknown } }).structuredContent
    ?.conversation_id;
  const era = '2025-11-25' as const;
  const hello = { protocolVersion: era, capabilities: {}, clientInfo: { name: 'test', version: '1' } };
  const begun = await agentic.rpc({ era, token, method: 'initialize', params: hello });
  session = begun.headers.get('mcp-session-id') ?? '';
  const inSession = { era, headers: { 'mcp-session-id': session } };
  await agentic.callTool(token, 'ask_product_expert', { question: secret }, inSession);
  await vi.waitFor(
    async () => {
      trail = await readTrail({ dataStorage: testDataStorage(), tenant: slug, seconds: 120 });
      const recorded = trail.map(({ tool }) => tool);
      expect(recorded).toEqual(expect.arrayContaining(['ask_billing_expert', 'get_billing_summary']));
    },
    { timeout: 50_000 },
  );
  await target.app.close();
});

afterAll(async () => {
  await target?.stop();
  await model?.stop();
  await collector?.stop();
});

const ofTheQuestion = () => collector.spans().filter((span) => span.traceId === traceId);
const only = (name: string): ExportedSpan =>
  ofTheQuestion().find((span) => span.name === name) ?? expect.fail(`no span "${name}"`);

/** The names from a span up to the first one of ours. */
function path(span: ExportedSpan): string[] {
  const parent = ofTheQuestion().find(({ spanId }) => spanId === span.parentSpanId);
  return parent === undefined ? [span.name] : [...path(parent), span.name];
}

it('a question is one tree, from the client’s request over the expert to storage', () => {
  const spans = ofTheQuestion();
  expect(spans.filter(({ parentSpanId }) => parentSpanId === client.spanId).map(({ name }) => name)).toEqual([
    'POST /agentic/mcp',
  ]);
  expect(new Set(spans.map((span) => path(span)[0]))).toEqual(new Set(['POST /agentic/mcp']));
  const reads = spans.filter(({ name }) => /^(read|transact) /.test(name)).map(path);
  const asked = ['POST /agentic/mcp', 'tools/call ask_billing_expert'];
  expect(path(only('chat deployment'))).toEqual([...asked, 'invoke_agent billing', 'chat deployment']);
  const called = [...asked, 'invoke_agent billing', 'execute_tool get_billing_summary'];
  expect(reads.some((one) => JSON.stringify(one.slice(0, -1)) === JSON.stringify(called))).toBe(true);
});

it('the spans say what the conventions ask for', () => {
  expect(only('tools/call ask_billing_expert').attributes).toMatchObject({
    ...{ 'mcp.method.name': 'tools/call', 'gen_ai.operation.name': 'execute_tool' },
    ...{ 'gen_ai.tool.name': 'ask_billing_expert', 'gen_ai.tool.type': 'function' },
    ...{ 'mcp.protocol.version': '2026-07-28', 'jsonrpc.request.id': expect.stringMatching(/^\d+$/) },
    ...{ 'network.transport': 'tcp', 'network.protocol.name': 'http' },
  });
  const agent = only('invoke_agent billing').attributes;
  expect(agent).toMatchObject({
    ...{ 'gen_ai.operation.name': 'invoke_agent', 'gen_ai.agent.name': 'billing' },
    'gen_ai.agent.version': versionOf(domainDefinitions.billing),
    'gen_ai.conversation.id': conversation,
  });
  const turns = ofTheQuestion().filter(({ name }) => name === 'chat deployment');
  expect(turns[1]?.attributes).toMatchObject({
    ...{ 'gen_ai.operation.name': 'chat', 'gen_ai.provider.name': 'openai', 'openai.api.type': 'responses' },
    ...{ 'gen_ai.request.model': 'deployment', 'gen_ai.response.model': 'fake-model-2026' },
    'gen_ai.response.finish_reasons': 'completed',
  });
  const sumOf = (name: string) => turns.reduce((sum, turn) => sum + Number(turn.attributes[name] ?? 0), 0);
  for (const name of ['input_tokens', 'output_tokens', 'cache_read.input_tokens']) {
    expect(agent[`gen_ai.usage.${name}`]).toBe(sumOf(`gen_ai.usage.${name}`));
  }
  expect(agent['gen_ai.usage.cache_read.input_tokens']).toBeGreaterThan(1_000);
});

it('a client with a session has its name on the span, not the id that it sends', () => {
  const span = collector.spans().find(({ name }) => name === 'tools/call ask_product_expert');
  expect(span?.attributes).toMatchObject({
    'mcp.protocol.version': '2025-11-25',
    'mcp.session.id': expect.stringMatching(/^[A-Za-z0-9_-]{22}$/),
  });
  expect(session.length).toBeGreaterThan(22);
  expect(collector.bodies.join('\n')).not.toContain(session);
});

it('trail and trace share the question’s id', () => {
  const id = only('tools/call ask_billing_expert').attributes['contoso.correlation_id'];
  expect(only('invoke_agent billing').attributes['contoso.correlation_id']).toBe(id);
  expect(only('execute_tool get_billing_summary').attributes['contoso.correlation_id']).toBe(id);
  const recorded = trail.filter(({ correlationId }) => correlationId === id).map(({ tool }) => tool);
  expect(new Set(recorded)).toEqual(new Set(['ask_billing_expert', 'get_billing_summary']));
});

it('nothing that was said or thought is in anything that was sent', () => {
  expect(collector.bodies.join('\n')).not.toMatch(/Samarkand|Invoice 101|customer 1 owe/);
});
