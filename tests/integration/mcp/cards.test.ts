import { beforeAll, describe, expect, it } from 'vitest';
import { cards } from '#contoso/cards/index';
import { cardMimeType, cardsExtensionId } from '#platform/mcp/definitions/card';
import { clientsOf, eras } from './instance-clients.ts';
import { type Instances, startInstances } from './instances.ts';

let instances: Instances;
beforeAll(async () => {
  instances = await startInstances();
});

const connect = clientsOf(() => instances);
const takes = { [cardsExtensionId]: { mimeTypes: [cardMimeType] } };
const [usage] = cards;
const uri = `ui://test/usage/${usage?.digest}`;

describe.each(eras)('a client of %s', (_version, mode) => {
  it('with the extension finds the card of a tool and reads its page', async () => {
    const client = await connect(['query'], mode, takes);
    expect(client.getServerCapabilities()?.extensions).toMatchObject(takes);
    const { tools } = await client.listTools();
    const tool = tools.find(({ name }) => name === 'get_data_usage');
    expect(tool?._meta).toMatchObject({
      ui: { resourceUri: uri, visibility: ['model', 'app'] },
      'ui/resourceUri': uri,
    });
    const { contents } = await client.readResource({ uri });
    const none = { connectDomains: [], resourceDomains: [], frameDomains: [], baseUriDomains: [] };
    expect(contents).toEqual([
      {
        uri,
        mimeType: cardMimeType,
        text: await usage?.page(),
        _meta: { ui: { csp: none, prefersBorder: true } },
      },
    ]);
    expect(await instances.audited()).toContain('resource:card/usage allowed ok');
  });

  it('reads the other resources as without it, and finds no page in a list', async () => {
    const [plain, client] = await Promise.all([connect(['query'], mode), connect(['query'], mode, takes)]);
    const { resources } = await plain.listResources();
    expect((await client.listResources()).resources).toEqual(resources);
    const [document] = resources;
    expect(await client.readResource({ uri: document?.uri ?? '' })).toEqual(
      await plain.readResource({ uri: document?.uri ?? '' }),
    );
  });

  it('without it, or without a role for one of its tools, is told that there is no such page', async () => {
    for (const client of [await connect(['query'], mode), await connect(['billing'], mode, takes)]) {
      await expect(client.readResource({ uri })).rejects.toMatchObject({ code: -32602 });
    }
  });

  it('with the list of a former release gets the page of this one', async () => {
    const client = await connect(['query'], mode, takes);
    const before = 'ui://test/usage/0000000000000000';
    const { contents } = await client.readResource({ uri: before });
    expect(contents[0]).toMatchObject({ uri: before, text: await usage?.page() });
    await expect(client.readResource({ uri: 'ui://test/none/1' })).rejects.toMatchObject({ code: -32602 });
  });
});

it('a page may be kept for a day by its address, and a document for a minute', async () => {
  const client = await connect(['query'], 'auto', takes);
  expect(await client.readResource({ uri })).toMatchObject({ ttlMs: 86_400_000, cacheScope: 'private' });
  expect(await client.readResource({ uri: 'ui://test/usage/0000000000000000' })).toMatchObject({
    ttlMs: 60_000,
  });
});
