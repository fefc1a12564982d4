import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTarget, type Target } from '../../security/target.ts';
import { startCollector } from './collector.ts';
import { startIngestion } from './ingestion.ts';

let target: Target;
let token: string;

beforeAll(async () => {
  target = await startTarget();
  token = target.authority.mint(target.tenants[0].tid);
});

afterAll(async () => target?.stop());

/** Calls a tool of an instance with these settings, and ends the instance. */
async function callOnce(env: Readonly<Record<string, string>>) {
  const instance = await target.instance(env);
  const answer = await instance.callTool(token, 'get_customer_detail', { customer_id: 1 });
  await instance.app.close();
  return answer;
}

const complaints = () => target.logLines.filter((line) => line.includes('telemetry not exported'));

it('a receiver that is down changes no answer, and is one line in the log', async () => {
  const gone = await startCollector();
  await gone.stop();
  const answer = await callOnce({ OTEL_EXPORTER_OTLP_ENDPOINT: gone.endpoint });
  expect(answer.message.result?.isError).not.toBe(true);
  expect(complaints()).toHaveLength(1);
  expect(JSON.parse(complaints()[0] ?? '')).toMatchObject({ level: 'warn', error: 'ECONNREFUSED' });
});

it('a receiver that never answers keeps nobody waiting', async () => {
  const silent = await startCollector(() => {});
  const answer = await callOnce({ OTEL_EXPORTER_OTLP_ENDPOINT: silent.endpoint });
  expect(answer.message.result?.isError).not.toBe(true);
  expect(silent.bodies.length).toBeGreaterThan(0);
  await silent.stop();
});

it('a process can begin to export again after it ended', async () => {
  const collector = await startCollector();
  await callOnce({ OTEL_EXPORTER_OTLP_ENDPOINT: `${collector.endpoint}/` });
  expect(collector.spans().map(({ name }) => name)).toContain('tools/call get_customer_detail');
  await collector.stop();
});

it('Application Insights gets the same, under the name of the service', async () => {
  const insights = await startIngestion();
  const key = '00000000-1111-2222-3333-444444444444';
  await callOnce({
    APPLICATIONINSIGHTS_CONNECTION_STRING: `InstrumentationKey=${key};IngestionEndpoint=${insights.url}`,
    OTEL_SERVICE_NAME: 'service-of-the-test',
  });
  const sent = insights.bodies.join('\n');
  const rows = insights.rows();
  await insights.stop();
  expect(sent).toContain('tools/call get_customer_detail');
  expect(sent).toContain('contoso.tool.calls');
  expect(sent).toContain('"ai.cloud.role":"service-of-the-test"');
  expect(sent).toContain('"ai.operation.id"');
  expect(sent).not.toContain('Ada');
  const rowOf = (type: string, name: string | RegExp) =>
    rows.find((row) => row.type === type && row.name.match(name)) ?? expect.fail(`no ${type} ${name}`);
  // What the queries of the operations page rest on.
  const call = rowOf('RequestData', /^tools\/call get_customer_detail$/);
  expect(call).toMatchObject({ success: true, properties: { 'contoso.outcome': 'ok' } });
  expect(call.properties['contoso.correlation_id']).toMatch(/^[0-9a-f-]{36}$/);
  expect(rowOf('RequestData', /^POST \/mcp$/).success).toBe(true);
  const read = rowOf('RemoteDependencyData', /^read .+Accounts$/);
  expect(read.properties).toMatchObject({
    'db.system.name': 'azure.table_storage',
    'db.operation.name': 'read',
  });
  expect(rowOf('MetricData', /^contoso\.tool\.calls$/)).toMatchObject({
    value: 1,
    properties: { 'gen_ai.tool.name': 'get_customer_detail', 'contoso.outcome': 'ok' },
  });
  expect(rowOf('MetricData', /^http\.server\.request\.duration$/)).toMatchObject({
    count: 1,
    properties: { 'http.response.status_code': '200' },
  });
});

it('Application Insights learns why a call or a request failed, and takes no expected refusal for a failure', async () => {
  const insights = await startIngestion();
  const key = '00000000-1111-2222-3333-444444444444';
  const instance = await target.instance({
    APPLICATIONINSIGHTS_CONNECTION_STRING: `InstrumentationKey=${key};IngestionEndpoint=${insights.url}`,
  });
  await instance.callTool(token, 'get_customer_detail', { customer_id: 4_040 });
  const headers = { 'mcp-session-id': 'over' };
  await instance.send({ token, method: 'DELETE', headers });
  await instance.send({ method: 'POST' });
  await instance.send({ token, method: 'GET' });
  await instance.app.close();
  const rows = insights.rows().filter(({ type }) => type === 'RequestData');
  await insights.stop();
  const call = rows.find(({ name }) => name === 'tools/call get_customer_detail');
  expect(call?.properties).toMatchObject({ 'contoso.failure': 'not_found', 'contoso.outcome': 'not_found' });
  const answered = rows.map(({ responseCode, success }) => [responseCode, success]);
  expect(Object.fromEntries(answered)).toMatchObject({ 401: true, 404: true, 405: true });
});
