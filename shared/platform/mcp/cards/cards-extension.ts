import type { Tool } from '@modelcontextprotocol/server';
import { type Card, cardMimeType, cardsExtensionId, cardUri, takesCards } from '../definitions/card.ts';
import type { ServedRequest } from '../served-request.ts';
import type { ServerExtension, Surface } from '../surface.ts';
import { cardResources } from './card-resources.ts';

/**
 * Shows cards to clients that declare the extension MCP Apps (SEP-1865); to others everything is as if there were none.
 * @throws Error when two cards show the answers of the same tool
 */
export function cardsExtension(cards: readonly Card[]): ServerExtension {
  const metaOf = toolMeta(cards);
  const shown = new WeakMap<Surface, Surface>();
  return {
    leavesCalls: true,
    shown(surface, request) {
      if (!isShownTo(request)) {
        return surface;
      }
      const withCards = shown.get(surface) ?? withThem(surface, cards, metaOf);
      shown.set(surface, withCards);
      return withCards;
    },
    extend({ server }, request) {
      if (isShownTo(request)) {
        server.registerCapabilities({ extensions: { [cardsExtensionId]: { mimeTypes: [cardMimeType] } } });
      }
    },
  };
}

function isShownTo({ extensions }: ServedRequest): boolean {
  return takesCards(extensions[cardsExtensionId]);
}

type MetaOf = (server: string, tool: string) => NonNullable<Tool['_meta']>;

function withThem(surface: Surface, cards: readonly Card[], metaOf: MetaOf): Surface {
  const { tools, cardTools, info } = surface;
  const marked = new Map<Tool, Tool>();
  const marking =
    (meta: (tool: Tool) => NonNullable<Tool['_meta']>) =>
    (tool: Tool): Tool => {
      const known = marked.get(tool) ?? { ...tool, _meta: { ...tool._meta, ...meta(tool) } };
      marked.set(tool, known);
      return known;
    };
  const withMeta = marking(({ name }) => metaOf(info.name, name));
  const forCards = marking(() => ({ ui: { visibility: ['app'] } }));
  return {
    ...surface,
    tools: {
      find: (name) => tools.find(name) ?? cardTools?.find(name),
      listFor: (viewer) => [
        ...tools.listFor(viewer).map(withMeta),
        ...(cardTools?.listFor(viewer) ?? []).map(forCards),
      ],
    },
    resources: cardResources(surface, cards),
    tellsCodes: true,
  };
}

/**
 * What a list says of each tool: its card, in the form of the extension and in the one before it, since some clients read
 * only that one; and that cards may call it, if one of them does. Clients refuse a card all others.
 */
function toolMeta(cards: readonly Card[]): MetaOf {
  const cardOf = new Map<string, Card>();
  for (const card of cards) {
    for (const tool of card.tools) {
      if (cardOf.has(tool)) {
        throw new Error(`Two cards show what ${tool} answers; a tool has one card.`);
      }
      cardOf.set(tool, card);
    }
  }
  const called = new Set(cards.flatMap(({ calls }) => calls));
  return (server, tool) => {
    const visibility = called.has(tool) ? ['model', 'app'] : ['model'];
    const card = cardOf.get(tool);
    if (card === undefined) {
      return { ui: { visibility } };
    }
    const resourceUri = cardUri(server, card);
    return { ui: { resourceUri, visibility }, 'ui/resourceUri': resourceUri };
  };
}
