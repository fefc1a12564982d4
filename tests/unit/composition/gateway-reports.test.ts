import { beforeEach, describe, expect, it } from 'vitest';
import { forbidden, key, otherTid, RefusalDoor, unproven } from './refusal-door.ts';

/** Reports that are looked at in a minute. */
const mostReports = 6_000;

let door: RefusalDoor;
beforeEach(() => {
  door = new RefusalDoor();
});

describe('the door for reports', () => {
  it('is not there without a gateway key', async () => {
    door.reopen([]);
    expect([await door.report(forbidden()), await door.report(forbidden(), {})]).toEqual([404, 404]);
    expect(await door.entries()).toEqual([]);
  });

  it.each([
    ['no key', {}],
    ['another key', { 'x-gateway-key': `${key}.` }],
    ['an empty key', { 'x-gateway-key': '' }],
    ['a token instead', { authorization: `Bearer ${key}` }],
  ])('is closed to whoever has %s, and says so on record', async (_, headers) => {
    expect(await door.report(forbidden(), headers)).toBe(403);
    expect(await door.entries()).toMatchObject([{ tenant: undefined, reason: 'not_from_gateway' }]);
  });

  it('takes the old and the new key while one is replaced', async () => {
    door.reopen(['the new one', key]);
    expect(await door.report(forbidden(), { 'x-gateway-key': 'the new one' })).toBe(204);
    expect(await door.report(forbidden())).toBe(204);
  });

  it.each<[string, () => unknown]>([
    ['no JSON', () => 'hello'],
    ['nothing', () => ''],
    ['a list', () => [forbidden()]],
    ['a tenant that is not served', () => ({ ...forbidden(), tenant: 'stranger' })],
    ["a caller of another tenant's directory", () => ({ ...forbidden(), tid: otherTid })],
    ['a caller without a directory', () => ({ ...forbidden(), tid: '' })],
    ['another status', () => ({ ...forbidden(), status: 200 })],
    ['a reason in words', () => ({ ...forbidden(), reason: 'because I say so' })],
    ['an id that is none', () => ({ ...forbidden(), oid: 'a\u2028b' })],
    ['something more', () => ({ ...unproven(), token: 'abc' })],
    ['a caller for whom nothing speaks', () => ({ ...unproven(), oid: forbidden().oid })],
  ])('refuses %s', async (_, body) => {
    expect(await door.report(body())).toBe(400);
    expect(await door.entries()).toEqual([]);
  });

  it('reads so much and no more', async () => {
    expect(await door.report({ ...unproven(), reason: 'x'.repeat(2_048) })).toBe(413);
    expect(await door.entries()).toEqual([]);
  });

  it('looks at so many in a minute, and says once that there are more', async () => {
    for (let count = 0; count < mostReports; count += 1) {
      await door.report(unproven());
    }
    expect([await door.report(unproven()), await door.report(forbidden())]).toEqual([429, 429]);
    expect(await door.entries()).toMatchObject([{ count: mostReports }]);
    expect(door.lines).toMatchObject([{ level: 'warn', message: 'refused requests not recorded' }]);
    door.time = 60_000;
    expect(await door.report(forbidden())).toBe(204);
  });
});
