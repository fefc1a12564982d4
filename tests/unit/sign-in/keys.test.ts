import { decodeProtectedHeader, jwtVerify } from 'jose';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { keysFor, type Secrets } from '#platform/sign-in/keys/derived-keys';
import { ownKeys } from '#platform/sign-in/keys/own-key';
import { sealer } from '#platform/sign-in/keys/sealed';

const [old, current]: [string, string] = ['o'.repeat(32), 'n'.repeat(32)];
const start = new Date('2026-11-28T12:00:00Z');
const named = z.object({ who: z.string() });
const sealerOf = (secrets: Secrets, purpose = 'test', now = start) =>
  sealer({ purpose, schema: named, secrets, now: () => now });

describe('a sealed value', () => {
  it('is opened by whoever has the secret, and says nothing to others', async () => {
    const text = await sealerOf([old]).seal({ who: 'sara' }, 60);
    expect(await sealerOf([old]).open(text)).toEqual({ who: 'sara' });
    expect(await sealerOf([current]).open(text)).toBeUndefined();
    expect(Buffer.from(text.split('.')[3] ?? '', 'base64url').includes('sara')).toBe(false);
  });

  it('is opened after its secret was replaced, as long as that is still listed', async () => {
    const text = await sealerOf([old]).seal({ who: 'sara' }, 60);
    expect(await sealerOf([current, old]).open(text)).toEqual({ who: 'sara' });
  });

  it('is for one purpose', async () => {
    const text = await sealerOf([old], 'one').seal({ who: 'sara' }, 60);
    expect(await sealerOf([old], 'other').open(text)).toBeUndefined();
  });

  it('ends', async () => {
    const text = await sealerOf([old]).seal({ who: 'sara' }, 60);
    const later = (seconds: number) => new Date(start.getTime() + seconds * 1000);
    expect(await sealerOf([old], 'test', later(59)).open(text)).toEqual({ who: 'sara' });
    expect(await sealerOf([old], 'test', later(60)).open(text)).toBeUndefined();
  });

  it('cannot be changed', async () => {
    const text = await sealerOf([old]).seal({ who: 'sara' }, 60);
    const parts = text.split('.');
    for (const index of [0, 2, 3, 4]) {
      const part = parts[index] ?? '';
      const changed = (part.startsWith('A') ? 'B' : 'A') + part.slice(1);
      expect(await sealerOf([old]).open(parts.with(index, changed).join('.'))).toBeUndefined();
    }
  });

  it.each(['', 'a.b.c', 'a.b.c.d.e', 'x'.repeat(20_000)])('is not "%s"', async (text) => {
    expect(await sealerOf([old]).open(text)).toBeUndefined();
  });

  it('of another shape is none', async () => {
    const other = sealer({
      purpose: 'test',
      schema: z.object({ n: z.number() }),
      secrets: [old],
      now: () => start,
    });
    expect(await sealerOf([old]).open(await other.seal({ n: 1 }, 60))).toBeUndefined();
  });
});

describe('derived keys', () => {
  it('differ by purpose and by secret, and their ids too', () => {
    const keys = [...keysFor('one', [old, current]), ...keysFor('two', [old])];
    expect(new Set(keys.map(({ bytes }) => Buffer.from(bytes).toString('hex'))).size).toBe(3);
    expect(new Set(keys.map(({ kid }) => kid)).size).toBe(3);
  });
});

describe('own signing keys', () => {
  const verify = async (token: string, secrets: Secrets) =>
    jwtVerify(token, ownKeys(secrets).find, { algorithms: ['ES256'] });

  it('are the same on every instance', async () => {
    const token = await ownKeys([old]).sign({ sub: 'sara' }, 'at+jwt');
    expect((await verify(token, [old])).payload).toEqual({ sub: 'sara' });
    expect(decodeProtectedHeader(token)).toMatchObject({ alg: 'ES256', typ: 'at+jwt' });
  });

  it('overlap: what one signed is verified before and after it is replaced', async () => {
    const before = await ownKeys([old, current]).sign({}, 'at+jwt');
    const after = await ownKeys([current, old]).sign({}, 'at+jwt');
    for (const secrets of [
      [old, current],
      [current, old],
    ] as [string, string][]) {
      await verify(before, secrets);
      await verify(after, secrets);
    }
    await expect(verify(before, [current])).rejects.toThrow();
  });

  it('are published without what signs', () => {
    const { jwks } = ownKeys([old, current]);
    expect(jwks.keys).toHaveLength(2);
    for (const key of jwks.keys) {
      expect(Object.keys(key).sort()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y']);
    }
  });
});
