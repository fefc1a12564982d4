import { randomBytes } from 'node:crypto';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contoso } from '#contoso/business';
import { cardMimeType, cardsExtensionId } from '#platform/mcp/definitions/card';
import { describeOffers } from '#platform/offers';
import { tokenFor } from '../../support/service.ts';
import { eras, type Mode } from '../mcp/instance-clients.ts';
import { type CardsWorld, startCardsWorld } from './cards-world.ts';

/** The tools that pages call: for whom they are there, and whose jobs they show. */

let world: CardsWorld;
const clients: Client[] = [];

beforeAll(async () => {
  world = await startCardsWorld();
});
afterAll(async () => {
  await Promise.all(clients.map((client) => client.close()));
  await world?.close();
});

const names = describeOffers(contoso).cardTools.map(({ thing }) => thing.name);
const takes = { [cardsExtensionId]: { mimeTypes: [cardMimeType] } };

async function connect(mode: Mode, more: { roles?: string[]; user?: string; extensions?: object } = {}) {
  const { roles = ['query'], user = 'quinn', extensions = takes } = more;
  const client = new Client(
    { name: 'test', version: '1' },
    { versionNegotiation: { mode }, capabilities: { extensions: { ...extensions } } },
  );
  const Authorization = `Bearer ${tokenFor(world.tenant, roles, user)}`;
  const address = new URL('/agentic/mcp', world.origin);
  await client.connect(
    new StreamableHTTPClientTransport(address, { requestInit: { headers: { Authorization } } }),
  );
  clients.push(client);
  return client;
}

/** What a call says, also where the protocol refuses it. */
async function said(client: Client, name: string, args: object): Promise<string> {
  try {
    const { content } = await client.callTool({ name, arguments: { ...args } });
    return JSON.stringify(content);
  } catch (error) {
    return (error as Error).message;
  }
}

describe.each(eras)('a client of %s', (_version, mode) => {
  it('reads what an answer cites, as the resource has it, if it may read documents', async () => {
    const [document] = world.tenant.data.documents;
    const { title = '', slug, content } = document ?? {};
    const client = await connect(mode);
    expect(
      (await client.callTool({ name: 'read_citation', arguments: { title } })).structuredContent,
    ).toMatchObject({
      uri: `knowledge://${slug}`,
      text: content,
    });
    expect(await said(client, 'read_citation', { title: 'No such' })).toContain(
      'There is no document of this title',
    );
    const stranger = await connect(mode, { roles: ['billing'] });
    expect(await said(stranger, 'read_citation', { title })).toContain('the permission knowledge.read');
  });

  it('that shows no pages has none of them, as if there were none', async () => {
    const client = await connect(mode, { extensions: {} });
    const { tools } = await client.listTools();
    expect(tools.filter(({ name }) => names.includes(name))).toEqual([]);
    const unknown = await said(client, 'no_such_tool', {});
    for (const name of names) {
      expect(await said(client, name, { task_id: 'x' })).toBe(unknown);
    }
  });

  it('finds the job of its own call by its arguments, and ends it; nobody else does', async () => {
    const [client, other, stranger] = await Promise.all([
      connect(mode),
      connect(mode, { user: 'olga' }),
      connect(mode, { roles: ['billing'] }),
    ]);
    const request = {
      device_name: 'Router',
      detail: `Slow, ${mode}`,
      idempotency_key: randomBytes(8).toString('hex'),
    };
    const call = client.callTool({ name: 'trouble_shoot_device', arguments: request });
    const look = (who: Client, args: object) =>
      who.callTool({ name: 'get_diagnosis_progress', arguments: { ...args } });
    const found = async () => (await look(client, { started_with: request })).structuredContent;
    await expect.poll(found).toMatchObject({ status: 'working', steps_done: 0, has_begun: false });
    await world.engine.run();
    const seen = await found();
    expect(seen).toMatchObject({ status: 'working', has_begun: true, findings_left_out: 0 });
    const { task_id, findings } = seen as { task_id: string; findings: object[] };
    expect(findings.length).toBeGreaterThan(0);
    const { idempotency_key: _, ...withoutKey } = request;
    expect((await look(client, { started_with: withoutKey })).structuredContent).toMatchObject({ task_id });
    for (const asked of [{ task_id }, { started_with: request }, {}]) {
      expect(await said(other, 'get_diagnosis_progress', asked)).toContain('You have no such diagnosis');
    }
    expect(
      await said(client, 'get_diagnosis_progress', { started_with: { ...withoutKey, detail: 'Fast' } }),
    ).toContain('You have no such diagnosis');
    expect(await said(other, 'cancel_diagnosis', { task_id })).toContain('You have no such diagnosis');
    for (const name of ['get_diagnosis_progress', 'cancel_diagnosis']) {
      expect(await said(stranger, name, { task_id })).toContain('the permission diagnostics.run');
    }
    expect(
      (await client.callTool({ name: 'cancel_diagnosis', arguments: { task_id } })).structuredContent,
    ).toMatchObject({ status: 'cancelled', findings });
    expect(JSON.stringify((await call).content)).toContain('was cancelled');
    // what was found outlives the work
    expect((await look(client, { task_id })).structuredContent).toMatchObject({
      status: 'cancelled',
      findings,
    });
  });
});
