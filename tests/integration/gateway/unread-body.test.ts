import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Asked, type KeptConnection, keptConnection } from '../../support/kept-connection.ts';
import { otherOf, tenants } from './cases/case.ts';
import { type EdgeUnderTest, type Surroundings, startSurroundings, startVariant } from './world.ts';

const mebibyte = 1024 * 1024;
const tenant = tenants[0] ?? '';

let surroundings: Surroundings;
let edge: EdgeUnderTest;
let connection: KeptConnection;
let token: string;

beforeAll(async () => {
  surroundings = await startSurroundings();
  edge = await startVariant(surroundings);
  connection = keptConnection();
  token = await surroundings.authority.token(tenant);
});

afterAll(async () => {
  connection?.close();
  await edge?.stop();
  await surroundings?.stop();
});

const authorized = () => ({ authorization: `Bearer ${token}` });

interface Refused {
  readonly what: string;
  readonly status: number;
  readonly path: string;
  readonly asked: () => Asked;
}

const refusals: readonly Refused[] = [
  { what: 'without a token', status: 401, path: `/${tenant}-mcp/mcp`, asked: () => ({}) },
  {
    what: 'to another tenant',
    status: 403,
    path: `/${otherOf(tenant)}-mcp/mcp`,
    asked: () => ({ headers: authorized() }),
  },
  { what: 'to no API', status: 404, path: '/nowhere', asked: () => ({}) },
  {
    what: 'that the backend answers without reading it',
    status: 413,
    path: `/${tenant}-mcp/mcp`,
    asked: () => ({ headers: { ...authorized(), 'x-answer': '413' } }),
  },
];

async function expectNextIsServed(): Promise<void> {
  const next = await connection.ask(`${edge.origin}/${tenant}-mcp/mcp`, {
    headers: authorized(),
    body: '{}',
  });
  expect(next).toEqual({ status: 200, text: 'from the backend' });
}

describe.each(['chunks', 'length'] as const)('a body that is not read (%s)', (framing) => {
  it.each(refusals)('$what: $status, and the next request is served', async ({ status, path, asked }) => {
    await expectNextIsServed();
    const { opened } = connection;
    const padding = { bytes: 2 * mebibyte, framing };
    const fate = await connection.ask(`${edge.origin}${path}`, { ...asked(), padding });
    expect(fate).toMatchObject({ status });
    await expectNextIsServed();
    expect(connection.opened).toBe(opened);
  });

  it.each(refusals)('very long, $what: its connection ends', async ({ path, asked }) => {
    await expectNextIsServed();
    const { opened } = connection;
    await connection.ask(`${edge.origin}${path}`, {
      ...asked(),
      padding: { bytes: 40 * mebibyte, framing },
    });
    await expectNextIsServed();
    expect(connection.opened).toBe(opened + 1);
  });
});
