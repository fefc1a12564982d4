import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startHostProcess } from '../../emulators/stack/host-process.ts';
import { testDataStorage } from '../support/azurite.ts';
import { doorAt, sentenceOf } from './door.ts';
import { mixedRun, privateData, privateTexts } from './mixed-run.ts';
import { type StorageProxy, startStorageProxy } from './storage-proxy.ts';
import { signingKey, startTarget, strangerTid, type Target, targetEnvironment } from './target.ts';

const accountKey = () => /AccountKey=([^;]+)/.exec(testDataStorage())?.[1] ?? expect.fail('no key');

let proxy: StorageProxy;
let target: Target;
let token: string;
let reader: string;
let forged: readonly string[];

beforeAll(async () => {
  proxy = await startStorageProxy();
  target = await startTarget({
    env: { DATA_STORAGE: proxy.connectionString },
    data: [privateData, privateData],
  });
  const { authority, tenants } = target;
  const [{ tid }] = tenants;
  token = authority.mint(tid, { roles: ['security'] });
  reader = authority.mint(tid);
  forged = [
    authority.mint(tid, {}, { alg: 'none' }),
    authority.mint(tid, { exp: 1 }),
    authority.mint(tid, { aud: 'quintessa.v@private.example' }),
    authority.mint(tid, {}, { kid: 'Quintessa' }),
    authority.mint(strangerTid),
    authority.mint(tid, { scp: 'Vandermolen' }),
  ];
});

afterAll(async () => {
  await target?.stop();
  await proxy?.stop();
});

/** Each token as a whole and by its parts; the header alone says nothing about anybody. */
const tokenParts = () =>
  [token, reader, ...forged]
    .flatMap((one) => [one, ...one.split('.').slice(1)])
    .filter((part) => part !== '');

function expectNothingPrivate(log: string, codes: readonly string[]): void {
  const secrets = [...tokenParts(), ...codes, accountKey(), signingKey, 'SharedKey', 'sig='];
  const lower = log.toLowerCase();
  const told = [...secrets, ...privateTexts()].filter((text) => lower.includes(text.toLowerCase()));
  expect(told).toEqual([]);
}

describe('the log of the service', () => {
  it('of calls that end in every way says what happened, and nothing about anybody', async () => {
    const codes = await mixedRun(target, token, reader, forged);
    const log = target.logLines.join('\n');
    for (const outcome of ['ok', 'not_found', 'invalid_input', 'confirmation_required']) {
      expect(log).toContain(`"outcome":"${outcome}"`);
    }
    expect(codes.length).toBeGreaterThan(0);
    expectNothingPrivate(log, codes);
  });

  it('of storage that fails', async () => {
    for (const pattern of [/./, /\$batch|Confirmations/]) {
      proxy.fault = { pattern, effect: 'fail' };
      const fresh = await target.instance({});
      const codes = await mixedRun(fresh, token, reader, forged);
      proxy.release();
      expectNothingPrivate(target.logLines.join('\n'), codes);
    }
    expect(target.logLines.join('\n')).toMatch(/"outcome":"unavailable"/);
  });

  it('of an identity provider that fails', async () => {
    target.authority.mode = 'fail';
    const fresh = await target.instance({});
    const codes = await mixedRun(fresh, token, reader, forged);
    target.authority.mode = 'serve';
    expectNothingPrivate(target.logLines.join('\n'), codes);
  });

  it('of a fault in the product itself: where it was, not what it was about', async () => {
    const fresh = await target.instance({});
    proxy.fault = { pattern: /Directory/, effect: 'garble' };
    const answer = await fresh.callTool(token, 'get_all_customers', {});
    proxy.release();
    expect(sentenceOf(answer)).toMatch(/^Internal error\. .* id [0-9a-f-]{36}\.$/);
    const log = target.logLines.join('\n');
    expect(log).toMatch(/"outcome":"internal_error"/);
    expect(log).toMatch(/"stack":"at /);
    expectNothingPrivate(log, []);
  });
});

describe('all that a host process prints', () => {
  it('says nothing about anybody', async () => {
    const host = await startHostProcess({
      env: {
        ...targetEnvironment(target.authority, target.tenants),
        DATA_STORAGE: proxy.connectionString,
        LOG_LEVEL: 'debug',
      },
    });
    try {
      const door = doorAt(host.origin, (request) => fetch(request));
      const codes = await mixedRun(door, token, reader, forged);
      proxy.fault = { pattern: /Accounts|Audit/, effect: 'fail' };
      codes.push(...(await mixedRun(door, token, reader, forged)));
      proxy.release();
      await host.stop();
      const log = host.lines.join('\n');
      expect(log).toContain('tool called');
      expectNothingPrivate(log, codes);
    } finally {
      await host.kill();
    }
  });
});
