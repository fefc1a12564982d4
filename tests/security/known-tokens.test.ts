import { describe, expect, it, vi } from 'vitest';
import { cooldown, knownToken, later, refresh, useKeyedTarget } from './use-keyed-target.ts';

const target = useKeyedTarget();
const { status, readings } = target;

describe('a token that is sent again', () => {
  it('is not verified again', async () => {
    const token = await knownToken(target);
    const verifications = vi.spyOn(crypto.subtle, 'verify').mockClear();
    expect(await status(token)).toBe(200);
    expect(verifications).not.toHaveBeenCalled();
    expect(await status(target.authority.mint(target.tid))).toBe(200);
    expect(verifications).toHaveBeenCalledOnce();
  });

  it.each([
    ['lacks the scope', { scp: 'another' }, 403],
    ['is of another directory than it says', { tid: 'f0000000-0000-4000-8000-00000000000f' }, 401],
    ['is for another service', { aud: 'another' }, 401],
    ['names no application', { azp: undefined }, 401],
  ])('is refused again when it %s', async (_what, claims, refused) => {
    await knownToken(target);
    const token = target.authority.mint(target.tid, claims);
    for (const _time of [1, 2, 3]) {
      expect(await status(token)).toBe(refused);
    }
  });

  it('is not verified again because a stranger made the keys be read again', async () => {
    const token = await knownToken(target);
    later(cooldown + 1);
    const before = readings();
    expect(await status(target.authority.mint(target.tid, {}, { kid: 'unknown' }))).toBe(401);
    expect(readings()).toBe(before + 1);
    const verifications = vi.spyOn(crypto.subtle, 'verify').mockClear();
    expect(await status(token)).toBe(200);
    expect(verifications).not.toHaveBeenCalled();
  });

  it('ends when it expires', async () => {
    const token = await knownToken(target);
    later(3_600 + 59);
    expect(await status(token)).toBe(200);
    later(2);
    expect(await status(token)).toBe(401);
  });

  it.each([
    ['another signature', (token: string) => `${token.slice(0, -8)}AAAAAAAA`],
    ['one more letter', (token: string) => `${token}A`],
    ['other claims', (token: string) => token.replace(/\.[^.]+\./, `.${claimsOf({ roles: ['security'] })}.`)],
  ])('with %s is another token', async (_what, change) => {
    expect(await status(change(await knownToken(target)))).toBe(401);
  });

  const claimsOf = (claims: Record<string, unknown>) =>
    target.authority.mint(target.tid, claims).split('.')[1];
});

describe('an identity provider in trouble', () => {
  it.each(['fail', 'hang'] as const)('that does not serve its keys (%s) is 503, not 401', async (mode) => {
    target.authority.mode = mode;
    const {
      status: answered,
      headers,
      text,
    } = await target.door.rpc({
      method: 'tools/list',
      token: target.authority.mint(target.tid),
    });
    expect(answered).toBe(503);
    expect(headers.get('retry-after')).toMatch(/^\d+$/);
    expect(headers.get('www-authenticate')).toBeNull();
    expect(text).not.toContain(target.authority.url);
    target.authority.mode = 'serve';
    later(cooldown + 1);
    expect(await status(target.authority.mint(target.tid))).toBe(200);
  });

  it('is asked once in a while, however many tokens come: known keys work, unknown ones are 503', async () => {
    expect(await status(target.authority.mint(target.tid))).toBe(200);
    target.authority.mode = 'fail';
    later(cooldown + 1);
    const before = readings();
    for (let index = 0; index < 10; index += 1) {
      expect(await status(target.authority.mint(target.tid, {}, { kid: `k${index}` }))).toBe(503);
      expect(await status(target.authority.mint(target.tid))).toBe(200);
    }
    expect(readings()).toBe(before + 1);
    target.authority.mode = 'serve';
    later(cooldown - 1);
    expect(await status(target.authority.mint(target.tid, {}, { kid: 'k' }))).toBe(503);
    expect(readings()).toBe(before + 1);
    later(2);
    expect(await status(target.authority.mint(target.tid, {}, { kid: 'k' }))).toBe(401);
    expect(readings()).toBe(before + 2);
  });

  it('that never answered is asked once in a while, by callers and by readiness alike', async () => {
    target.authority.mode = 'fail';
    const before = readings();
    for (let index = 0; index < 10; index += 1) {
      expect(await status(target.authority.mint(target.tid))).toBe(503);
      expect((await target.door.app.ready()).status).toBe(503);
    }
    // Readiness asks for the keys of both directories.
    expect(readings()).toBe(before + 2);
    target.authority.mode = 'serve';
    later(cooldown + 1);
    expect(await status(target.authority.mint(target.tid))).toBe(200);
  });

  it('lets known keys go on working, for hours', async () => {
    const claims = () => ({ exp: Math.floor(Date.now() / 1000) + 60 });
    expect(await status(target.authority.mint(target.tid, claims()))).toBe(200);
    target.authority.mode = 'fail';
    for (const _hour of [1, 2, 3]) {
      later(refresh + 1);
      expect(await status(target.authority.mint(target.tid, claims()))).toBe(200);
    }
    target.authority.mode = 'hang';
    later(refresh + 1);
    expect(await status(target.authority.mint(target.tid, claims()))).toBe(200);
  });

  it('does not turn a forged token into anything but 503 or 401', async () => {
    expect(await status(target.authority.mint(target.tid))).toBe(200);
    target.authority.mode = 'fail';
    expect(await status(target.authority.mint(target.tid, {}, { alg: 'none' }))).toBe(401);
    expect(await status(target.authority.mint(target.tid, {}, { kid: 'unknown' }))).toBe(401);
    later(cooldown + 1);
    expect(await status(target.authority.mint(target.tid, {}, { kid: 'unknown' }))).toBe(503);
  });
});
