import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { contoso } from '#contoso/business';
import { cards } from '#contoso/cards/index';
import { servedAt } from '#platform/access/exposure';
import { cardsExtension } from '#platform/mcp/cards/cards-extension';
import { cardMimeType, cardsExtensionId, cardUri, takesCards } from '#platform/mcp/definitions/card';
import { describeOffers } from '#platform/offers';
import { largestPage } from '#scripts/cards/page';
import { sourcesDigest, writtenDigest } from '#scripts/cards/pages';
import type { JsonObject } from '#scripts/pins/pin';
import { type EndpointName, served } from '#scripts/pins/served';

const ask = await served(contoso);
const roles = Object.keys(contoso.permissionTable);
const takes = { [cardsExtensionId]: { mimeTypes: [cardMimeType] } };

interface Listed extends JsonObject {
  readonly name: string;
  readonly _meta?: JsonObject;
}

const ofCards = ['ui', 'ui/resourceUri'];

/** What a tool says of cards, and what else is in its `_meta`, if anything. */
function parted({ _meta = {} }: Listed): { readonly ui: JsonObject; readonly others?: JsonObject } {
  const entries = Object.entries(_meta);
  const others = entries.filter(([key]) => !ofCards.includes(key));
  return {
    ui: Object.fromEntries(entries.filter(([key]) => ofCards.includes(key))),
    ...(others.length > 0 && { others: Object.fromEntries(others) }),
  };
}

async function toolsOf(endpoint: EndpointName, extensions?: JsonObject): Promise<readonly Listed[]> {
  const asked = { endpoint, era: '2026-07-28', method: 'tools/list', roles } as const;
  const { tools } = await ask({ ...asked, ...(extensions && { extensions }) });
  return tools as readonly Listed[];
}

describe.each(['mcp', 'agentic'] as const)('at %s', (endpoint) => {
  it('a client without the extension, or with another kind of pages, sees nothing of cards', async () => {
    const plain = await toolsOf(endpoint);
    expect(plain.filter((tool) => Object.keys(parted(tool).ui).length > 0)).toEqual([]);
    for (const said of [{}, { mimeTypes: [] }, { mimeTypes: ['text/html'] }, null]) {
      expect(await toolsOf(endpoint, { [cardsExtensionId]: said as JsonObject })).toEqual(plain);
    }
    const described = { endpoint, era: '2026-07-28', method: 'server/discover', roles } as const;
    const { capabilities } = await ask(described);
    expect(JSON.stringify(capabilities)).not.toContain(cardsExtensionId);
    const { capabilities: more } = await ask({ ...described, extensions: takes });
    expect(more).toMatchObject({ extensions: takes });
  });

  it('a client with it sees the same tools, with the card of each in both forms', async () => {
    const plain = await toolsOf(endpoint);
    const all = await toolsOf(endpoint, takes);
    const offered = describeOffers(contoso).cardTools;
    const ofPages = offered.map(({ thing }) => thing.name);
    const shown = all.filter(({ name }) => !ofPages.includes(name));
    const withoutCards = shown.map((tool) => {
      const { _meta, ...rest } = tool;
      const { others } = parted(tool);
      return { ...rest, ...(others !== undefined && { _meta: others }) };
    });
    expect(withoutCards).toEqual(plain);
    for (const tool of shown) {
      const { name } = tool;
      const card = cards.find(({ tools }) => tools.includes(name));
      const calls = cards.some((one) => one.calls.includes(name));
      const uri = card && cardUri(contoso.info.name, card);
      const visibility = calls ? ['model', 'app'] : ['model'];
      expect(parted(tool).ui).toEqual(
        uri === undefined
          ? { ui: { visibility } }
          : { ui: { resourceUri: uri, visibility }, 'ui/resourceUri': uri },
      );
    }
    for (const tool of all.filter((one) => !shown.includes(one))) {
      expect(parted(tool).ui).toEqual({ ui: { visibility: ['app'] } });
    }
    expect(all.length - shown.length).toBe(servedAt(offered, endpoint).length);
  });
});

describe('the cards', () => {
  it('name tools that there are', () => {
    const offers = describeOffers(contoso);
    const known = [...offers.tools, ...offers.cardTools].map(({ thing }) => thing.name);
    for (const { tools, calls } of cards) {
      expect(known).toEqual(expect.arrayContaining([...tools, ...calls]));
    }
  });

  it.each(cards.map(({ name, digest, page }) => ({ name, digest, page })))(
    'the page of $name is small, loads nothing, and is named by its digest',
    async ({ digest, page }) => {
      const html = await page();
      expect(Buffer.byteLength(html)).toBeLessThan(largestPage);
      expect(createHash('sha256').update(html).digest('hex')).toMatch(new RegExp(`^${digest}`));
      const [policy = ''] = /content="default-src[^"]*"/.exec(html) ?? [];
      expect(policy).toMatch(
        /^content="default-src 'none'; script-src 'sha256-\S+'; style-src 'sha256-\S+'; base-uri 'none'; form-action 'none'"$/,
      );
      // namespaces are names, not addresses
      expect(html.replaceAll('http://www.w3.org/', '')).not.toMatch(/https?:\/\/|<link|<img|@import|url\(/);
    },
  );

  it('are made from the sources that are there', async () => {
    expect(await writtenDigest()).toBe(await sourcesDigest());
  });

  it('one tool has one card', () => {
    expect(() => cardsExtension([...cards, ...cards])).toThrow('a tool has one card');
  });
});

it.each([
  [{ mimeTypes: [cardMimeType, 'text/html'] }, true],
  [{ mimeTypes: cardMimeType }, false],
  [undefined, false],
])('what a client says, %o, is read', (said, expected) => {
  expect(takesCards(said)).toBe(expected);
});
