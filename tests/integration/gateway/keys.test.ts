import { afterEach, beforeEach, expect, it } from 'vitest';
import { startGateway } from '#emulators/gateway/gateway';
import { localNamedValues } from '#emulators/gateway/local-values';
import { audience, directoryId } from './authority.ts';
import { type EdgeUnderTest, type Surroundings, startSurroundings, startVariant } from './world.ts';

let surroundings: Surroundings;
let edge: EdgeUnderTest;

beforeEach(async () => {
  surroundings = await startSurroundings();
  edge = await startVariant(surroundings);
});

afterEach(async () => {
  await edge.stop();
  await surroundings.stop();
});

async function statusWith(token: string): Promise<number> {
  const headers = { authorization: `Bearer ${token}` };
  const response = await fetch(`${edge.origin}/contoso-mcp/mcp`, { headers });
  await response.text();
  return response.status;
}

it('reads the signing keys once for many tokens', async () => {
  const { authority } = surroundings;
  for (const oid of ['one', 'two', 'three']) {
    expect(await statusWith(await authority.token('contoso', { oid }))).toBe(200);
  }
  expect(authority.reads()).toBe(1);
});

it('follows a rotation of the keys without a restart', async () => {
  const { authority } = surroundings;
  const before = await authority.token('contoso', { tid: directoryId('contoso') });
  expect(await statusWith(before)).toBe(200);
  await authority.rotate();
  expect(await statusWith(await authority.token('contoso'))).toBe(200);
  expect(await statusWith(before)).toBe(401);
});

it('asks a provider that fails once in a while, and goes on with the keys that it knows', async () => {
  const { authority, backends } = surroundings;
  let now = Date.now();
  const gateway = await startGateway({
    now: () => now,
    keyCooldown: 5_000,
    backends: Object.fromEntries([...backends].map(([slug, { origin }]) => [slug, origin])),
    namedValues: (origin) =>
      localNamedValues({ origin, authority: authority.origin, audience, scope: 's', backendKey: 'k' }),
  });
  const statusOf = async (token: string) => {
    const headers = { authorization: `Bearer ${token}` };
    return (await fetch(`${gateway.origin}/contoso-mcp/mcp`, { headers })).status;
  };
  try {
    authority.fails(true);
    for (let time = 0; time < 5; time += 1) {
      expect(await statusOf(await authority.token('contoso'))).toBe(500);
    }
    expect(authority.requests()).toBe(1);
    authority.fails(false);
    now += 5_000;
    expect(await statusOf(await authority.token('contoso'))).toBe(200);
    authority.fails(true);
    now += 5_000;
    const before = authority.requests();
    for (let time = 0; time < 5; time += 1) {
      expect(await statusOf(await authority.forged('contoso'))).toBe(500);
      expect(await statusOf(await authority.token('contoso'))).toBe(200);
    }
    expect(authority.requests()).toBe(before + 1);
  } finally {
    await gateway.stop();
  }
});
