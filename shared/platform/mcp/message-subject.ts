import type { Offer } from '../access/offer.ts';
import { declaresCards } from './client-extensions.ts';
import type { JsonObject } from './http/body.ts';
import { subjectOf } from './pipeline/operation.ts';
import type { Surface } from './surface.ts';

/** What a message is about. */
export interface Subject {
  /** Its name in the audit trail and in the refusal. */
  readonly name: string;
  readonly offer: Offer;
}

/** What a message asks for; undefined when that needs nothing, or is nothing that is served here. */
export function askedIn(body: JsonObject, surface: Surface): Subject | undefined {
  const params = body.params as JsonObject | undefined;
  switch (body.method) {
    case 'tools/call':
      return ofTool(params?.name, surface);
    case 'prompts/get':
      return ofPrompt(params?.name, surface);
    case 'resources/read':
    case 'resources/subscribe':
      return ofResource(params?.uri, surface);
    case 'completion/complete':
      return ofReference(params?.ref as JsonObject | undefined, surface);
    default:
      return undefined;
  }
}

/**
 * The tool for pages that a message calls, if its client may be one that shows them. Of a client with a session, only that
 * session says whether it is: the protocol layer knows, and says to any other that there is no such tool.
 */
export function askedByPage(
  body: JsonObject,
  headers: Headers,
  { cardTools: tools }: Surface,
): Subject | undefined {
  if (body.method !== 'tools/call' || tools === undefined) {
    return undefined;
  }
  const { name } = (body.params ?? {}) as JsonObject;
  const mayShowPages = headers.has('mcp-session-id') || declaresCards(body);
  return mayShowPages ? ofTool(name, { tools }) : undefined;
}

function ofTool(name: unknown, { tools }: Pick<Surface, 'tools'>): Subject | undefined {
  const offer = tools.find(name);
  return offer && { name: offer.thing.name, offer };
}

function ofPrompt(name: unknown, { prompts }: Surface): Subject | undefined {
  const offer = typeof name === 'string' ? prompts?.offerOf(name) : undefined;
  return offer && { name: subjectOf({ kind: 'prompt', name: String(name) }), offer };
}

function ofResource(uri: unknown, { resources }: Surface): Subject | undefined {
  const offer = typeof uri === 'string' ? resources?.offerOf(uri) : undefined;
  return offer && { name: 'resource', offer };
}

function ofReference(ref: JsonObject | undefined, surface: Surface): Subject | undefined {
  return ref?.type === 'ref/prompt' ? ofPrompt(ref.name, surface) : ofResource(ref?.uri, surface);
}
