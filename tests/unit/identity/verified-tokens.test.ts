import { beforeEach, expect, it, vi } from 'vitest';
import { LeastRecentlyUsed } from '#platform/caching/lru';
import type { Principal } from '#platform/identity/principal';
import { tenantId } from '#platform/identity/tenant';
import { VerifiedTokens } from '#platform/identity/verified-tokens';

/** Seconds since the epoch. */
const expiresAt = 1_000;

function principal(user: string, more: Partial<Principal> = {}): Principal {
  const tenant = tenantId('contoso');
  return {
    tenant,
    user,
    application: 'test',
    actor: 'person',
    roles: [],
    permissions: new Set(),
    expiresAt,
    ...more,
  };
}

/** An issuer's keys, which can change. */
class Keys {
  keys: string | undefined = 'first';
  current = () => this.keys;
}

let verified: VerifiedTokens;
let source: Keys;
beforeEach(() => {
  verified = new VerifiedTokens();
  source = new Keys();
});

function add(token: string, whose: Principal, keys = source.keys ?? ''): void {
  verified.add(token, { principal: whose, source, keys });
}

it('a token stands for the one that it was verified for, and for nobody else', () => {
  const [ada, bob] = [principal('ada'), principal('bob', { tenant: tenantId('fabrikam') })];
  add('a.b.c', ada);
  add('a.b.d', bob);
  expect([verified.find('a.b.c', 0), verified.find('a.b.d', 0)]).toEqual([ada, bob]);
  for (const other of ['', 'a.b.', 'a.b.C', 'a.b.c ', 'a.b.cc']) {
    expect(verified.find(other, 0)).toBeUndefined();
  }
});

it('counts until it expires, and not with the tolerance for clocks', () => {
  add('token', principal('ada'));
  expect(verified.find('token', expiresAt * 1_000 - 1)).toBeDefined();
  expect(verified.find('token', expiresAt * 1_000)).toBeUndefined();
});

it.each([
  ['are others', 'second'],
  ['are not known any more', undefined],
])('counts no longer when the keys of its issuer %s', (_what, keys) => {
  add('token', principal('ada'));
  source.keys = keys;
  expect(verified.find('token', 0)).toBeUndefined();
});

it('does not count when newer keys were there before it was kept', () => {
  const former = source.keys;
  source.keys = 'second';
  add('token', principal('ada'), former);
  expect(verified.find('token', 0)).toBeUndefined();
});

it('counts although another issuer’s keys are others', () => {
  add('token', principal('ada'));
  const other = new Keys();
  verified.add('other', { principal: principal('bob'), source: other, keys: other.keys ?? '' });
  other.keys = 'second';
  expect([verified.find('token', 0)?.user, verified.find('other', 0)]).toEqual(['ada', undefined]);
});

it('makes room for others', () => {
  add('first', principal('ada'));
  for (let count = 0; count < 2_000; count += 1) {
    add(`token ${count}`, principal('bob'));
  }
  expect(verified.find('first', 0)).toBeUndefined();
  expect(verified.find('token 0', 0)).toBeDefined();
});

it('is kept as a digest', () => {
  const kept = vi.spyOn(LeastRecentlyUsed.prototype, 'set');
  add('header.claims.signature', principal('ada'));
  const parameters = JSON.stringify(kept.mock.calls);
  kept.mockRestore();
  expect(parameters).toContain('ada');
  expect(parameters).not.toMatch(/header|claims|signature/);
});
