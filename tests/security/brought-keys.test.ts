import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Authority, startAuthority } from '../support/authority.ts';
import { useKeyedTarget } from './use-keyed-target.ts';

const target = useKeyedTarget();
const { status } = target;

describe('keys that a token brings along', () => {
  let attacker: Authority;
  beforeAll(async () => {
    attacker = await startAuthority();
  });
  afterAll(() => attacker.stop());

  it.each(['jku', 'x5u'])('%s is ignored, and nobody is asked', async (parameter) => {
    const url = `${attacker.url}/${target.tid}/discovery/v2.0/keys`;
    expect(await status(target.authority.mint(target.tid))).toBe(200);
    expect(await status(attackersToken({ [parameter]: url }))).toBe(401);
    expect(attacker.requests).toEqual([]);
  });

  it('jwk and x5c are ignored', async () => {
    const { keys } = (await (await fetch(`${attacker.url}/${target.tid}/discovery/v2.0/keys`)).json()) as {
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
    expect(await status(target.authority.mint(target.tid, {}, { header }))).toBe(401);
  });

  /** Everything right but who signed it. */
  function attackersToken(header: Record<string, unknown>): string {
    const iss = `${target.authority.url}/${target.tid}/v2.0`;
    return attacker.mint(target.tid, { iss, roles: ['security'] }, { header });
  }
});
