import { afterEach, beforeEach, expect, it } from 'vitest';
import { directoryId } from './authority.ts';
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
