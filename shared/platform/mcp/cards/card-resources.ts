import type { ReadResourceResult } from '@modelcontextprotocol/server';
import { openTo, viewerAt } from '../../access/exposure.ts';
import { millisecondsPerDay } from '../../dates.ts';
import { reading } from '../catalog/reading.ts';
import { notFound } from '../catalog/resource-catalog.ts';
import type { ResourceSurface } from '../catalog/surface.ts';
import { type Card, cardMimeType, cardUri } from '../definitions/card.ts';
import { metaWith, ownText } from '../definitions/labels.ts';
import { found } from '../found.ts';
import type { OperationRequest } from '../operation-request.ts';
import type { Surface } from '../surface.ts';

/** A page may reach nothing but its client. */
const nowhere = { connectDomains: [], resourceDomains: [], frameDomains: [], baseUriDomains: [] };

/** How long clients may keep a page, in milliseconds. Its address is another one whenever the page is. */

type Served = Pick<Surface, 'info' | 'tools' | 'run' | 'resources'>;

/**
 * The resources of a surface, and the pages of cards, which no list has: the tools say where they are. A page is for whoever
 * may use one of the tools whose answers it shows.
 */
export function cardResources(surface: Served, cards: readonly Card[]): ResourceSurface {
  const { info, resources: others } = surface;
  const prefixed = cards.map((card) => ({ card, prefix: cardUri(info.name, { ...card, digest: '' }) }));
  const cardOf = (uri: string) => prefixed.find(({ prefix }) => uri.startsWith(prefix))?.card;
  return {
    list: async (request) => (await others?.list(request)) ?? [],
    templates: (request) => others?.templates(request) ?? [],
    async read(uri, request) {
      const card = cardOf(uri);
      if (card !== undefined) {
        return await readCard(surface, card, uri, request);
      }
      if (others === undefined) {
        throw notFound(uri);
      }
      return await others.read(uri, request);
    },
    async complete(uriTemplate, input, request) {
      if (others === undefined) {
        throw notFound(uriTemplate);
      }
      return await others.complete(uriTemplate, input, request);
    },
    offerOf: (uri) => others?.offerOf(uri),
  };
}

/** Answers with the page of today, whatever page the address was made for: a list of tools may be older than the service. */
async function readCard({ info, tools, run }: Served, card: Card, uri: string, request: OperationRequest) {
  const offers = card.tools.flatMap((name) => tools.find(name) ?? []);
  const [offer] = openTo(offers, viewerAt(request.endpoint, request.principal));
  if (offer === undefined) {
    throw notFound(uri);
  }
  const isModern = request.context.mcpReq.envelope !== undefined;
  const mayBeKept = isModern && uri === cardUri(info.name, card);
  const operation = reading(offer, card.title, `card/${card.name}`, async (): Promise<ReadResourceResult> => {
    const text = await card.page();
    return {
      contents: [{ uri, mimeType: cardMimeType, text, _meta: { ui: { csp: nowhere, prefersBorder: true } } }],
      _meta: metaWith(ownText),
      ...(mayBeKept && { ttlMs: millisecondsPerDay, cacheScope: 'private' as const }),
    };
  });
  return found(await run(operation, request));
}
