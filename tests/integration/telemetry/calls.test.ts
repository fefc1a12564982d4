import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { TenantId } from '#platform/identity/tenant';
import { pseudonyms } from '#platform/telemetry/pseudonym';
import { readTrail } from '#scripts/trail/read-trail';
import { signingKey, startTarget, type Target } from '../../security/target.ts';
import { testDataStorage } from '../../support/azurite.ts';
import { type Collector, startCollector } from './collector.ts';
import type { ExportedSpan } from './exported.ts';

const inHeaders = '00-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa-a1a1a1a1a1a1a1a1-01';
const inMessage = '00-bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb-b2b2b2b2b2b2b2b2-01';
const ofHeaders = { traceId: 'a'.repeat(32), spanId: 'a1'.repeat(8) };
const ofMessage = { traceId: 'b'.repeat(32), spanId: 'b2'.repeat(8) };

let collector: Collector;
let target: Target;
let slug: TenantId;
let user: string;
let refusedAs: string | null;
let rejectedAs: string | null;

/** A few calls of every kind, and then the end of the process, which sends what is left. */
beforeAll(async () => {
  collector = await startCollector();
  target = await startTarget({ env: { OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint } });
  const [{ tid, slug: own }] = target.tenants;
  slug = own;
  const reader = target.authority.mint(tid);
  user = `${tid}:${claimsOf(reader).oid}`;
  const headers = { traceparent: inHeaders };
  const one = { customer_id: 1 };
  await target.callTool(reader, 'get_customer_detail', one, { headers });
  await target.callTool(reader, 'get_customer_orders', one, { headers, meta: { traceparent: inMessage } });
  await target.callTool(reader, 'get_billing_summary', one, { headers, era: '2025-11-25' });
  await target.callTool(reader, 'get_support_tickets', { customer_id: 404 });
  const unlock = { customer_id: 2, reason: 'asked' };
  const refused = await target.callTool(reader, 'unlock_account', unlock, { headers });
  refusedAs = refused.headers.get('x-correlation-id');
  await target.callTool('not-a-token', 'get_products', {});
  await target.rpc({ method: 'tools/list', token: reader, headers: { host: 'elsewhere.example' } });
  rejectedAs = (await target.send({ token: reader, body: '{' })).headers.get('x-correlation-id');
  const meta = { traceparent: inMessage };
  const uri = 'knowledge://return-policy';
  const named = { 'mcp-name': uri };
  await target.rpc({ method: 'resources/read', params: { uri }, token: reader, headers: named, meta });
  const prompt = { name: 'explain_invoice', arguments: { customer_id: '1' } };
  await target.rpc({ method: 'prompts/get', params: prompt, token: reader, meta });
  await vi.waitFor(async () => expect(await auditedTools()).toContain('get_customer_detail'), {
    timeout: 50_000,
  });
  await target.app.close();
});

afterAll(async () => {
  await target?.stop();
  await collector?.stop();
});

async function auditedTools(): Promise<string[]> {
  const trail = await readTrail({ dataStorage: testDataStorage(), tenant: slug, seconds: 60 });
  return trail.map(({ tool }) => tool);
}

/** What a token says; the authority of the test makes up a user for each. */
function claimsOf(token: string): { readonly oid: string } {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'));
}

/** The lines of the log that match. */
function logged(matching: Record<string, unknown>): Record<string, unknown>[] {
  return target.logLines
    .map((line) => JSON.parse(line) as Record<string, unknown>)
    .filter((line) => Object.entries(matching).every(([name, value]) => line[name] === value));
}

function spanNamed(name: string, matching: (span: ExportedSpan) => boolean = () => true): ExportedSpan {
  const span = collector.spans().find((one) => one.name === name && matching(one));
  return span ?? expect.fail(`There is no span "${name}".`);
}
const childrenOf = (parent: ExportedSpan) =>
  collector.spans().filter(({ parentSpanId }) => parentSpanId === parent.spanId);
const parentOf = (child: ExportedSpan) =>
  collector.spans().find(({ spanId }) => spanId === child.parentSpanId);

describe.each([
  ['get_customer_detail', '2026-07-28'],
  ['get_billing_summary', '2025-11-25'],
])('%s, called by a client of %s that is in a trace', (tool) => {
  it('is in that trace: request, call, requests to storage', () => {
    const call = spanNamed(`tools/call ${tool}`);
    const request = parentOf(call) ?? expect.fail('no request');
    expect(request).toMatchObject({
      name: 'POST /mcp',
      traceId: ofHeaders.traceId,
      parentSpanId: ofHeaders.spanId,
    });
    const toStorage = childrenOf(call);
    expect(toStorage.length).toBeGreaterThan(0);
    expect(toStorage.every(({ name }) => /^(read|transact) t[0-9a-f]+[A-Z][a-z]+$/.test(name))).toBe(true);
    expect(call.attributes['contoso.storage.round_trips']).toBe(toStorage.length);
    expect(new Set([call, ...toStorage].map(({ traceId }) => traceId))).toEqual(new Set([ofHeaders.traceId]));
  });
});

it('the trace in the message wins over the one in the headers, which is linked', () => {
  const call = spanNamed('tools/call get_customer_orders');
  expect(call).toMatchObject({ traceId: ofMessage.traceId, parentSpanId: ofMessage.spanId });
  const [link] = call.links;
  const linked = collector.spans().find(({ spanId }) => spanId === link?.spanId);
  expect(linked).toMatchObject({ name: 'POST /mcp', traceId: ofHeaders.traceId });
});

it('a call says tenant, tool, decision and outcome', () => {
  expect(spanNamed('tools/call get_customer_detail')).toMatchObject({
    failed: false,
    attributes: {
      'gen_ai.tool.name': 'get_customer_detail',
      'contoso.tenant': slug,
      'contoso.decision': 'allowed',
      'contoso.outcome': 'ok',
      'contoso.by': 'caller',
    },
  });
});

it('an answer such as "not found" is named, and is no failure of the service', () => {
  const call = spanNamed('tools/call get_support_tickets');
  expect(call.failed).toBe(false);
  expect(call.attributes['error.type']).toBe('not_found');
});

it('the log line of a call names its trace', () => {
  const [call] = logged({ tool: 'get_customer_orders' });
  expect(call).toMatchObject({ traceId: ofMessage.traceId, decision: 'allowed', outcome: 'ok' });
});

it.each([
  ['resources/read', 'resource:return-policy'],
  ['prompts/get explain_invoice', 'prompt:explain_invoice'],
])('%s is a span in the trace of its message, and a line that names the trace', (name, tool) => {
  expect(spanNamed(name)).toMatchObject({
    ...{ traceId: ofMessage.traceId, parentSpanId: ofMessage.spanId },
    attributes: { 'contoso.outcome': 'ok', 'contoso.tenant': slug },
  });
  expect(logged({ tool })).toMatchObject([
    { traceId: ofMessage.traceId, outcome: 'ok', message: 'tool called' },
  ]);
});

it('a refused request is a line: who, why, and under which ids', () => {
  expect(logged({ message: 'request refused', tenant: slug })).toEqual([
    {
      ...{ time: expect.any(String), level: 'info', message: 'request refused' },
      ...{ tenant: slug, user: pseudonyms(signingKey)(user), actor: 'person', tool: 'unlock_account' },
      ...{ decision: 'denied', outcome: 'refused', reason: 'missing:security.write' },
      ...{ correlationId: refusedAs, traceId: ofHeaders.traceId },
    },
    expect.objectContaining({ user: pseudonyms(signingKey)(user), reason: 'invalid_message' }),
  ]);
});

it.each(['format', 'wrong_host'])('so is one of an unknown caller: %s', (reason) => {
  const [line, ...more] = logged({ reason });
  expect(line).toMatchObject({ decision: 'denied', correlationId: expect.stringMatching(/^[0-9a-f-]{36}$/) });
  expect(line).not.toHaveProperty('tenant');
  expect(more).toEqual([]);
});

it('the id of an answer that says only what is wrong with the request is in the log, too', () => {
  expect(rejectedAs).not.toBeNull();
  expect(logged({ correlationId: rejectedAs })).toMatchObject([
    { level: 'info', message: 'request refused', reason: 'invalid_message', tenant: slug },
    { level: 'debug', status: 400 },
  ]);
});

it('what is written after the answer is in no trace of a caller', () => {
  const toAudit = collector.spans().filter(({ name }) => name.endsWith('Audit'));
  expect(toAudit.length).toBeGreaterThan(0);
  expect(toAudit.map(({ parentSpanId }) => parentSpanId)).toEqual(toAudit.map(() => undefined));
});

describe('the metrics', () => {
  it('count calls by tenant, tool and outcome', () => {
    expect(collector.points('contoso.tool.calls')).toContainEqual({
      attributes: {
        'mcp.method.name': 'tools/call',
        'gen_ai.tool.name': 'get_support_tickets',
        'contoso.outcome': 'not_found',
        'contoso.tenant': slug,
        'contoso.decision': 'allowed',
        'contoso.by': 'caller',
        'contoso.actor': 'person',
      },
      count: 1,
      sum: 0,
    });
  });

  it('measure calls, requests and storage', () => {
    const calls = collector.points('mcp.server.operation.duration');
    expect(calls.map(({ attributes }) => attributes['gen_ai.tool.name'])).toContain('get_customer_detail');
    const requests = collector.points('http.server.request.duration');
    const statuses = requests.map(({ attributes }) => attributes['http.response.status_code']);
    expect(statuses.sort()).toEqual([200, 400, 401, 403]);
    const [trips] = collector
      .points('contoso.tool.storage_round_trips')
      .filter(({ attributes }) => attributes['gen_ai.tool.name'] === 'get_customer_detail');
    const call = spanNamed('tools/call get_customer_detail');
    expect(trips?.sum).toBe(call.attributes['contoso.storage.round_trips']);
    expect(collector.points('db.client.operation.duration').length).toBeGreaterThan(0);
  });

  it('count what was refused, by reason', () => {
    const refused = collector.points('contoso.requests.refused').map(({ attributes }) => attributes);
    expect(refused).toEqual([
      { 'contoso.reason': 'missing:security.write', 'contoso.tenant': slug },
      { 'contoso.reason': 'format' },
      { 'contoso.reason': 'wrong_host' },
      { 'contoso.reason': 'invalid_message', 'contoso.tenant': slug },
    ]);
  });
});
