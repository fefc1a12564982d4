import * as z from 'zod';

/**
 * A page that a client may show beside the answers of tools (MCP Apps, SEP-1865). It holds no data: the client hands it the
 * answer, and calls tools for it as its user.
 */
export interface Card {
  /** Lower-case letters, digits and `-`. */
  readonly name: string;
  readonly title: string;
  /** Names of the tools whose answers it shows. */
  readonly tools: readonly string[];
  /** Names of the tools that it may ask its client to call. */
  readonly calls: readonly string[];
  /** Of the page: another page has another one. */
  readonly digest: string;
  /** Loads the page, one file of HTML that needs nothing else. */
  readonly page: () => Promise<string>;
}

/** Identifier of the extension MCP Apps (SEP-1865). */
export const cardsExtensionId = 'io.modelcontextprotocol/ui';

/** Of the pages that the extension knows. */
export const cardMimeType = 'text/html;profile=mcp-app';

/** Where the page is read. It has another address whenever it is another page, so whoever keeps it never shows an old one. */
export function cardUri(server: string, { name, digest }: Pick<Card, 'name' | 'digest'>): string {
  return `ui://${server}/${name}/${digest}`;
}

/** What a client says of cards, as far as it matters here; it bounds what a session carries of it. */
export const takenCards = z
  .object({ mimeTypes: z.array(z.unknown()).transform(onlyCards) })
  .optional()
  .catch(undefined);

function onlyCards(types: readonly unknown[]): string[] {
  return types.includes(cardMimeType) ? [cardMimeType] : [];
}

/** Whether a client shows cards. @param said of the extension, which may be anything */
export function takesCards(said: unknown): boolean {
  return takenCards.parse(said)?.mimeTypes.includes(cardMimeType) === true;
}
