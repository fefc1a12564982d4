import { describe, expect, it, vi } from 'vitest';
import { cooldown, knownToken, later, refresh, useKeyedTarget } from './use-keyed-target.ts';

const target = useKeyedTarget();
const { status, readings } = target;

describe('signing keys', () => {
  it('are read once; a verified call then asks nothing of the network', async () => {
    const before = readings();
    expect(await status(target.authority.mint(target.tid))).toBe(200);
    expect(readings()).toBe(before + 1);
    const network = vi.spyOn(globalThis, 'fetch');
    const tokens = Array.from({ length: 20 }, () => target.authority.mint(target.tid));
    expect(new Set(await Promise.all(tokens.map(status)))).toEqual(new Set([200]));
    expect(network).not.toHaveBeenCalled();
    expect(readings()).toBe(before + 1);
  });

  it('are read once however many callers arrive first', async () => {
    const before = readings();
    await Promise.all(Array.from({ length: 20 }, () => status(target.authority.mint(target.tid))));
    expect(readings()).toBe(before + 1);
  });

  it('can change without a restart', async () => {
    const former = await knownToken(target);
    target.authority.rotate(target.tid);
    later(cooldown + 1);
    expect(await status(target.authority.mint(target.tid))).toBe(200);
    expect(await status(former)).toBe(401);
  });

  it('that are withdrawn while a token is verified with them stop working at once', async () => {
    expect(await status(target.authority.mint(target.tid))).toBe(200);
    const former = target.authority.mint(target.tid);
    later(cooldown + 1);
    const { verify } = crypto.subtle;
    vi.spyOn(crypto.subtle, 'verify').mockImplementationOnce(async (...parameters) => {
      target.authority.rotate(target.tid);
      expect(await status(target.authority.mint(target.tid))).toBe(200);
      return verify.apply(crypto.subtle, parameters);
    });
    expect(await status(former)).toBe(200);
    expect(await status(former)).toBe(401);
  });

  it('that were withdrawn stop working although nobody uses another one', async () => {
    const former = await knownToken(target, { exp: Math.floor(Date.now() / 1000) + 3 * refresh });
    target.authority.rotate(target.tid);
    later(refresh + 1);
    const before = readings();
    await status(former);
    await vi.waitUntil(() => readings() === before + 1, { timeout: 50_000 });
    await vi.waitUntil(async () => (await status(former)) === 401, { timeout: 50_000 });
  });
});

describe('a flood of unknown key ids', () => {
  it('causes one reading per cooldown', async () => {
    expect(await status(target.authority.mint(target.tid))).toBe(200);
    const flood = () =>
      Promise.all(
        Array.from({ length: 25 }, (_, index) =>
          status(target.authority.mint(target.tid, {}, { kid: `k${index}` })),
        ),
      );
    const before = readings();
    expect(new Set(await flood())).toEqual(new Set([401]));
    expect(readings()).toBe(before);
    later(cooldown + 1);
    expect(new Set(await flood())).toEqual(new Set([401]));
    expect(new Set(await flood())).toEqual(new Set([401]));
    expect(readings()).toBe(before + 1);
  });

  it.each([
    '../../../../dev/null',
    '/etc/passwd',
    'file:///dev/null',
    'http://127.0.0.1:1/keys',
    "' OR '1'='1",
    "x'; DROP TABLE keys; --",
    '__proto__',
    'a\u0000b',
    '',
    'k'.repeat(5_000),
  ])('%j asks for nothing else', async (kid) => {
    expect(await status(target.authority.mint(target.tid))).toBe(200);
    const before = readings();
    expect(await status(target.authority.mint(target.tid, { roles: ['security'] }, { kid }))).toBe(401);
    expect(readings()).toBe(before);
  });
});
