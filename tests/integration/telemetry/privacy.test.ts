import { afterAll, beforeAll, expect, it } from 'vitest';
import { mixedRun, privateData, privateTexts } from '../../security/mixed-run.ts';
import { type StorageProxy, startStorageProxy } from '../../security/storage-proxy.ts';
import { signingKey, startTarget, type Target } from '../../security/target.ts';
import { type Collector, startCollector } from './collector.ts';

let collector: Collector;
let proxy: StorageProxy;
let target: Target;
let secrets: readonly string[];

/** Calls that end in every way, over storage that answers and over storage that fails. */
beforeAll(async () => {
  collector = await startCollector();
  proxy = await startStorageProxy();
  target = await startTarget({
    env: { DATA_STORAGE: proxy.connectionString, OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint },
    data: [privateData, privateData],
  });
  const [{ tid }] = target.tenants;
  const token = target.authority.mint(tid, { roles: ['security'] });
  const reader = target.authority.mint(tid);
  const codes = await mixedRun(target, token, reader, ['forged.token.here']);
  proxy.fault = { pattern: /Accounts|Audit/, effect: 'fail' };
  codes.push(...(await mixedRun(target, token, reader, [])));
  proxy.release();
  await target.app.close();
  secrets = [...codes, ...[token, reader].flatMap((one) => one.split('.').slice(1)), signingKey, 'SharedKey'];
});

afterAll(async () => {
  await target?.stop();
  await proxy?.stop();
  await collector?.stop();
});

it('nothing about anybody is in any byte that was exported', () => {
  const sent = collector.bodies.join('\n').toLowerCase();
  expect(sent).toContain('tools/call pay_invoice');
  const told = [...secrets, ...privateTexts()].filter((text) => sent.includes(text.toLowerCase()));
  expect(told).toEqual([]);
});

it('no address of a record, no message of an error and no user is exported', () => {
  const sent = collector.bodies.join('\n');
  for (const text of ['PartitionKey', 'RowKey', '$filter', 'stack', 'exception', 'user.id', 'oid']) {
    expect(sent).not.toContain(text);
  }
});

it('storage that fails is a failure with a code', () => {
  const failed = collector.spans().filter(({ failed: one }) => one);
  expect(failed.map(({ name }) => name)).toContainEqual(expect.stringMatching(/^read t[0-9a-f]+Accounts$/));
  expect(failed.map(({ name }) => name)).toContain('tools/call get_customer_detail');
  const types = new Set(failed.map(({ attributes }) => attributes['error.type']));
  expect([...types].every((type) => /^[A-Za-z0-9_]+$/.test(String(type)))).toBe(true);
});
