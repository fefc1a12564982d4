import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { doorOf } from './door.ts';
import { type StorageProxy, startStorageProxy } from './storage-proxy.ts';
import { startTarget, type Target } from './target.ts';

/** Anybody may ask whether the service is ready, as often as they like. */
let proxy: StorageProxy;
let target: Target;

beforeAll(async () => {
  proxy = await startStorageProxy();
  target = await startTarget({ env: { DATA_STORAGE: proxy.connectionString } });
});

afterAll(async () => {
  await target?.stop();
  await proxy?.stop();
});

let app: Target['app'];
beforeEach(async () => {
  target.authority.mode = 'serve';
  ({ app } = await target.instance({}));
});

const readings = () => target.authority.requests.length;

async function probe(times: number): Promise<number[]> {
  const statuses: number[] = [];
  for (let time = 0; time < times; time += 1) {
    statuses.push((await app.ready()).status);
  }
  return statuses;
}

describe('a flood of questions whether the service is ready', () => {
  it('asks the identity provider nothing once the keys of a directory are known, although one is gone', async () => {
    const [, { tid }] = target.tenants;
    target.authority.gone.add(tid);
    expect(await probe(1)).toEqual([200]);
    // the first that answers is enough; the question to the other one may still be on its way
    const before = target.tenants.length;
    await expect.poll(readings).toBe(before);
    expect(await probe(10)).toEqual(Array.from({ length: 10 }, () => 200));
    expect(readings()).toBe(before);
    target.authority.gone.delete(tid);
    const call = async () =>
      (await doorOf(app).rpc({ method: 'tools/list', token: target.authority.mint(tid) })).status;
    // The directory that was gone is asked again after a pause.
    await expect.poll(call).toBe(200);
  });

  it('asks storage once in a while, however many come', async () => {
    // what storage is slow to answer on a busy machine is asked again
    await expect.poll(() => probe(1)).toEqual([200]);
    const before = proxy.received;
    const crowd = await Promise.all(Array.from({ length: 50 }, () => app.ready()));
    expect(new Set(crowd.map(({ status }) => status))).toEqual(new Set([200]));
    expect(proxy.received - before).toBeLessThanOrEqual(1);
  });

  it('asks storage once for all who come while it does not answer', async () => {
    proxy.fault = { pattern: /./, effect: 'hold' };
    const crowd = Array.from({ length: 20 }, () => app.ready());
    await proxy.holding();
    const { held } = proxy;
    proxy.release();
    expect(held).toBe(1);
    expect(new Set((await Promise.all(crowd)).map(({ status }) => status))).toEqual(new Set([200]));
  });
});

it('a service whose storage stopped answering is not ready a moment later, and asks it once in a moment', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  const later = () => vi.setSystemTime(Date.now() + 1_000);
  try {
    expect(await probe(1)).toEqual([200]);
    proxy.fault = { pattern: /./, effect: 'fail' };
    later();
    expect(await probe(1)).toEqual([503]);
    const before = proxy.received;
    expect(await probe(20)).toEqual(Array.from({ length: 20 }, () => 503));
    expect(proxy.received).toBe(before);
    proxy.release();
    later();
    expect(await probe(1)).toEqual([200]);
  } finally {
    vi.useRealTimers();
  }
});
