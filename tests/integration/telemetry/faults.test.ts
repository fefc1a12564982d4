import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { type StorageProxy, startStorageProxy } from '../../security/storage-proxy.ts';
import { startTarget, type Target } from '../../security/target.ts';
import { testDataStorage } from '../../support/azurite.ts';
import { type Collector, startCollector } from './collector.ts';

let collector: Collector;
let proxy: StorageProxy;
let target: Target;
let readiness: Response;

/** More refused requests than the audit trail keeps while storage does not answer. */
const refused = 5_020;
const kept = 5_000;
/** Fewer than an instance takes at the same time. */
const atOnce = 500;

beforeAll(async () => {
  collector = await startCollector();
  proxy = await startStorageProxy();
  target = await startTarget({
    env: { DATA_STORAGE: proxy.connectionString, OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint },
  });
  proxy.fault = { pattern: /./, effect: 'fail' };
  readiness = await target.app.ready();
  // Of a caller who is known: of others, no more are recorded than there is room for.
  const token = target.authority.mint(target.tenants[0].tid);
  for (let left = refused; left > 0; left -= atOnce) {
    const round = { length: Math.min(left, atOnce) };
    await Promise.all(Array.from(round, () => target.callTool(token, 'unlock_account', {})));
  }
  await vi.waitFor(() => expect(lost()).toBeGreaterThanOrEqual(refused - kept), { timeout: 50_000 });
  await target.app.close();
});

afterAll(async () => {
  await target?.stop();
  await proxy?.stop();
  await collector?.stop();
});

const linesOf = (message: string) =>
  target.logLines.map((line) => JSON.parse(line)).filter((line) => line.message === message);
const lost = () => linesOf('audit entries lost').reduce((sum, { entries }) => sum + entries, 0);

it('audit entries that are lost are counted and logged', () => {
  expect(lost()).toBeGreaterThanOrEqual(refused - kept);
  expect(collector.points('contoso.audit.lost')).toEqual([{ attributes: {}, count: lost(), sum: 0 }]);
});

it('a service that is not ready says why in the log, and to nobody else', async () => {
  expect(readiness.status).toBe(503);
  expect(await readiness.json()).toEqual({ status: 'unavailable', reason: 'Storage does not answer.' });
  expect(linesOf('not ready')).toMatchObject([{ level: 'warn', error: 'unavailable' }]);
});

it('an instance that cannot verify anybody is not ready until it can', async () => {
  const { app } = await target.instance({ DATA_STORAGE: testDataStorage() });
  target.authority.mode = 'fail';
  const answer = async () => {
    const response = await app.ready();
    return [response.status, await response.json()];
  };
  // on a busy machine storage may be the first that is too late
  await expect
    .poll(answer)
    .toEqual([503, { status: 'unavailable', reason: 'The identity provider does not answer.' }]);
  target.authority.mode = 'serve';
  // a provider that failed is asked again after a pause
  await expect.poll(async () => (await app.ready()).status).toBe(200);
  target.authority.mode = 'fail';
  expect((await app.ready()).status).toBe(200);
});
