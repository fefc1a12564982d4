import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Authority, startAuthority } from '../support/authority.ts';
import { smallNow } from '../support/small-dataset.ts';
import { startTarget, type Target } from './target.ts';

/** Seconds between two readings of the keys that unknown key ids can cause. */
const cooldown = 5;
/** Seconds after which the keys are read again without a reason. */
const refresh = 3_600;

let target: Target;
let tid: string;
let door: Awaited<ReturnType<Target['instance']>>;

beforeAll(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: smallNow });
  target = await startTarget();
  tid = target.tenants[0].tid;
});

afterAll(async () => {
  await target?.stop();
  vi.useRealTimers();
});

beforeEach(async () => {
  target.authority.mode = 'serve';
  door = await target.instance({});
});

afterEach(() => {
  vi.restoreAllMocks();
});

const status = async (token: string) => (await door.rpc({ method: 'tools/list', token })).status;
const readings = () => target.authority.requests.length;
const later = (seconds: number) => vi.setSystemTime(Date.now() + seconds * 1000);

/** A token that has been verified, and is known from then on. */
async function knownToken(claims: Record<string, unknown> = {}): Promise<string> {
  const token = target.authority.mint(tid, claims);
  const verifications = vi.spyOn(crypto.subtle, 'verify');
  // The first token of all only brings in the keys.
  for (let time = 0; time < 3; time += 1) {
    expect(await status(token)).toBe(200);
  }
  expect(verifications.mock.calls.length).toBeLessThan(3);
  return token;
}

describe('a token that is sent again', () => {
  it('is not verified again', async () => {
    const token = await knownToken();
    const verifications = vi.spyOn(crypto.subtle, 'verify').mockClear();
    expect(await status(token)).toBe(200);
    expect(verifications).not.toHaveBeenCalled();
    expect(await status(target.authority.mint(tid))).toBe(200);
    expect(verifications).toHaveBeenCalledOnce();
  });

  it.each([
    ['lacks the scope', { scp: 'another' }, 403],
    ['is of another directory than it says', { tid: 'f0000000-0000-4000-8000-00000000000f' }, 401],
    ['is for another service', { aud: 'another' }, 401],
    ['names no application', { azp: undefined }, 401],
  ])('is refused again when it %s', async (_what, claims, refused) => {
    await knownToken();
    const token = target.authority.mint(tid, claims);
    for (const _time of [1, 2, 3]) {
      expect(await status(token)).toBe(refused);
    }
  });

  it('is not verified again because a stranger made the keys be read again', async () => {
    const token = await knownToken();
    later(cooldown + 1);
    const before = readings();
    expect(await status(target.authority.mint(tid, {}, { kid: 'unknown' }))).toBe(401);
    expect(readings()).toBe(before + 1);
    const verifications = vi.spyOn(crypto.subtle, 'verify').mockClear();
    expect(await status(token)).toBe(200);
    expect(verifications).not.toHaveBeenCalled();
  });

  it('ends when it expires', async () => {
    const token = await knownToken();
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
    expect(await status(change(await knownToken()))).toBe(401);
  });

  const claimsOf = (claims: Record<string, unknown>) => target.authority.mint(tid, claims).split('.')[1];
});

describe('signing keys', () => {
  it('are read once; a verified call then asks nothing of the network', async () => {
    const before = readings();
    expect(await status(target.authority.mint(tid))).toBe(200);
    expect(readings()).toBe(before + 1);
    const network = vi.spyOn(globalThis, 'fetch');
    const tokens = Array.from({ length: 20 }, () => target.authority.mint(tid));
    expect(new Set(await Promise.all(tokens.map(status)))).toEqual(new Set([200]));
    expect(network).not.toHaveBeenCalled();
    expect(readings()).toBe(before + 1);
  });

  it('are read once however many callers arrive first', async () => {
    const before = readings();
    await Promise.all(Array.from({ length: 20 }, () => status(target.authority.mint(tid))));
    expect(readings()).toBe(before + 1);
  });

  it('can change without a restart', async () => {
    const former = await knownToken();
    target.authority.rotate(tid);
    later(cooldown + 1);
    expect(await status(target.authority.mint(tid))).toBe(200);
    expect(await status(former)).toBe(401);
  });

  it('that are withdrawn while a token is verified with them stop working at once', async () => {
    expect(await status(target.authority.mint(tid))).toBe(200);
    const former = target.authority.mint(tid);
    later(cooldown + 1);
    const { verify } = crypto.subtle;
    vi.spyOn(crypto.subtle, 'verify').mockImplementationOnce(async (...parameters) => {
      target.authority.rotate(tid);
      expect(await status(target.authority.mint(tid))).toBe(200);
      return verify.apply(crypto.subtle, parameters);
    });
    expect(await status(former)).toBe(200);
    expect(await status(former)).toBe(401);
  });

  it('that were withdrawn stop working although nobody uses another one', async () => {
    const former = await knownToken({ exp: Math.floor(Date.now() / 1000) + 3 * refresh });
    target.authority.rotate(tid);
    later(refresh + 1);
    const before = readings();
    await status(former);
    await vi.waitUntil(() => readings() === before + 1, { timeout: 25_000 });
    await vi.waitUntil(async () => (await status(former)) === 401, { timeout: 25_000 });
  });
});

describe('a flood of unknown key ids', () => {
  it('causes one reading per cooldown', async () => {
    expect(await status(target.authority.mint(tid))).toBe(200);
    const flood = () =>
      Promise.all(
        Array.from({ length: 25 }, (_, index) =>
          status(target.authority.mint(tid, {}, { kid: `k${index}` })),
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
    expect(await status(target.authority.mint(tid))).toBe(200);
    const before = readings();
    expect(await status(target.authority.mint(tid, { roles: ['security'] }, { kid }))).toBe(401);
    expect(readings()).toBe(before);
  });
});

describe('keys that a token brings along', () => {
  let attacker: Authority;
  beforeAll(async () => {
    attacker = await startAuthority();
  });
  afterAll(() => attacker.stop());

  it.each(['jku', 'x5u'])('%s is ignored, and nobody is asked', async (parameter) => {
    const url = `${attacker.url}/${tid}/discovery/v2.0/keys`;
    expect(await status(target.authority.mint(tid))).toBe(200);
    expect(await status(attackersToken({ [parameter]: url }))).toBe(401);
    expect(attacker.requests).toEqual([]);
  });

  it('jwk and x5c are ignored', async () => {
    const { keys } = (await (await fetch(`${attacker.url}/${tid}/discovery/v2.0/keys`)).json()) as {
      keys: unknown[];
    };
    expect(await status(attackersToken({ jwk: keys[0] }))).toBe(401);
    expect(await status(attackersToken({ x5c: [Buffer.from('certificate').toString('base64')] }))).toBe(401);
  });

  it.each([
    ['an extension that nobody knows', { crit: ['unknown'], unknown: true }],
    ['an unencoded payload', { crit: ['b64'], b64: false }],
    ['crit that is no list', { crit: 'b64' }],
    ['crit that is empty', { crit: [] }],
  ])('crit with %s is refused although the signature is right', async (_what, header) => {
    expect(await status(target.authority.mint(tid, {}, { header }))).toBe(401);
  });

  /** Everything right but who signed it. */
  function attackersToken(header: Record<string, unknown>): string {
    const iss = `${target.authority.url}/${tid}/v2.0`;
    return attacker.mint(tid, { iss, roles: ['security'] }, { header });
  }
});

describe('an identity provider in trouble', () => {
  it.each(['fail', 'hang'] as const)('that does not serve its keys (%s) is 503, not 401', async (mode) => {
    target.authority.mode = mode;
    const {
      status: answered,
      headers,
      text,
    } = await door.rpc({
      method: 'tools/list',
      token: target.authority.mint(tid),
    });
    expect(answered).toBe(503);
    expect(headers.get('retry-after')).toMatch(/^\d+$/);
    expect(headers.get('www-authenticate')).toBeNull();
    expect(text).not.toContain(target.authority.url);
    target.authority.mode = 'serve';
    later(cooldown + 1);
    expect(await status(target.authority.mint(tid))).toBe(200);
  });

  it('is asked once in a while, however many tokens come: known keys work, unknown ones are 503', async () => {
    expect(await status(target.authority.mint(tid))).toBe(200);
    target.authority.mode = 'fail';
    later(cooldown + 1);
    const before = readings();
    for (let index = 0; index < 10; index += 1) {
      expect(await status(target.authority.mint(tid, {}, { kid: `k${index}` }))).toBe(503);
      expect(await status(target.authority.mint(tid))).toBe(200);
    }
    expect(readings()).toBe(before + 1);
    target.authority.mode = 'serve';
    later(cooldown - 1);
    expect(await status(target.authority.mint(tid, {}, { kid: 'k' }))).toBe(503);
    expect(readings()).toBe(before + 1);
    later(2);
    expect(await status(target.authority.mint(tid, {}, { kid: 'k' }))).toBe(401);
    expect(readings()).toBe(before + 2);
  });

  it('that never answered is asked once in a while, by callers and by readiness alike', async () => {
    target.authority.mode = 'fail';
    const before = readings();
    for (let index = 0; index < 10; index += 1) {
      expect(await status(target.authority.mint(tid))).toBe(503);
      expect((await door.app.ready()).status).toBe(503);
    }
    // Readiness asks for the keys of both directories.
    expect(readings()).toBe(before + 2);
    target.authority.mode = 'serve';
    later(cooldown + 1);
    expect(await status(target.authority.mint(tid))).toBe(200);
  });

  it('lets known keys go on working, for hours', async () => {
    const claims = () => ({ exp: Math.floor(Date.now() / 1000) + 60 });
    expect(await status(target.authority.mint(tid, claims()))).toBe(200);
    target.authority.mode = 'fail';
    for (const _hour of [1, 2, 3]) {
      later(refresh + 1);
      expect(await status(target.authority.mint(tid, claims()))).toBe(200);
    }
    target.authority.mode = 'hang';
    later(refresh + 1);
    expect(await status(target.authority.mint(tid, claims()))).toBe(200);
  });

  it('does not turn a forged token into anything but 503 or 401', async () => {
    expect(await status(target.authority.mint(tid))).toBe(200);
    target.authority.mode = 'fail';
    expect(await status(target.authority.mint(tid, {}, { alg: 'none' }))).toBe(401);
    expect(await status(target.authority.mint(tid, {}, { kid: 'unknown' }))).toBe(401);
    later(cooldown + 1);
    expect(await status(target.authority.mint(tid, {}, { kid: 'unknown' }))).toBe(503);
  });
});
