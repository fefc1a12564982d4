import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type HostProcess, startHostProcess } from '#emulators/stack/host-process';
import { type KeptConnection, keptConnection } from '../support/kept-connection.ts';
import { environment, type Service, startService, tokenFor } from '../support/service.ts';
import { headers } from './unread-doors.ts';

const fiveMegabytes = 5_000_000;
const ping = JSON.stringify({ jsonrpc: '2.0', id: 7, method: 'ping' });
/** As infra/app-settings.bicep sets it. */
const asDeployed = { FUNCTIONS_REQUEST_BODY_SIZE_LIMIT: '2097152' };

/** Whoever still sends when the host ends the connection may find it cut before they have read the answer (RFC 9112, 9.6). */
const whileSending = 'cut';

let service: Service;
let strict: HostProcess;

beforeAll(async () => {
  service = await startService({ env: asDeployed });
  strict = await startHostProcess({
    options: ['--strict'],
    env: { ...environment(service.tenants), ...asDeployed },
  });
});

afterAll(async () => {
  await strict?.stop();
  await service?.stop();
});

describe.each([
  ['as it is', () => service.host],
  ['with --strict', () => strict],
] as const)('a long body on the local host, %s', (_how, hostOf) => {
  let connection: KeptConnection;
  beforeAll(() => {
    connection = keptConnection();
  });
  afterAll(() => connection.close());

  const known = () => ({ ...headers, authorization: `Bearer ${tokenFor(service.tenants[0], ['query'])}` });

  async function send(framing: 'length' | 'chunks', bytes: number, token = true) {
    const asked = { headers: token ? known() : headers, padding: { bytes, framing }, body: ping };
    const fate = await connection.ask(`${hostOf().origin}/mcp`, asked);
    const next = await connection.ask(`${hostOf().origin}/mcp`, { headers: known(), body: ping });
    expect(next).toMatchObject({ status: 200 });
    return fate;
  }

  it.each([true, false])(
    'of 5 MB that says its length: 500 of the host, who reads no further (token: %s)',
    async (token) => {
      expect([{ status: 500, text: '' }, whileSending]).toContainEqual(
        await send('length', fiveMegabytes, token),
      );
    },
  );

  it('of 5 MB in chunks: refused by whoever has counted first, the app at 1 MiB or the host at 2', async () => {
    const refused = { status: expect.toBeOneOf([413, 500]), text: expect.any(String) };
    expect(await send('chunks', fiveMegabytes)).toEqual(expect.toBeOneOf([refused, whileSending]));
  });

  it.each(['length', 'chunks'] as const)(
    'of 1.2 MB (%s): 413 of the app, with a sentence',
    async (framing) => {
      const fate = await send(framing, 1_200_000);
      expect(fate).toMatchObject({
        status: 413,
        text: expect.stringContaining('send at most 1048576 bytes'),
      });
    },
  );
});
