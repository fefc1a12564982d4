import { CLIENT_CAPABILITIES_META_KEY } from '@modelcontextprotocol/server';
import { cardsExtensionId, takesCards } from './definitions/card.ts';
import type { JsonObject } from './http/body.ts';
import { field } from './tasks/capability.ts';

/** What a client says of the extensions that it takes, by their ids (SEP-2133); nothing in it has been checked. */
export type ClientExtensions = Readonly<Record<string, unknown>>;

/**
 * The extensions that a message declares: from 2026-07-28 on every message says them for itself, before that the
 * `initialize` of a session.
 */
export function extensionsSaidIn({ method, params }: JsonObject): ClientExtensions {
  const capabilities =
    method === 'initialize'
      ? field(params, 'capabilities')
      : field(field(params, '_meta'), CLIENT_CAPABILITIES_META_KEY);
  const extensions = field(capabilities, 'extensions');
  return typeof extensions === 'object' && extensions !== null ? (extensions as ClientExtensions) : {};
}

/** Whether a message says that its client shows cards. */
export function declaresCards(body: JsonObject): boolean {
  return takesCards(extensionsSaidIn(body)[cardsExtensionId]);
}
