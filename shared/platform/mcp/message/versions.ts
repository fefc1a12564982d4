import {
  LATEST_PROTOCOL_VERSION,
  PROTOCOL_VERSION_META_KEY,
  SUPPORTED_PROTOCOL_VERSIONS,
} from '@modelcontextprotocol/server';
import { invalidRequest } from './invalid-message.ts';
import type { JsonObject } from './json-object.ts';

/** The revision that needs no session. */
const stateless = '2026-07-28';
/** Obliges servers to take several messages in one array (MCP 2025-03-26, base protocol, batching); none are taken here. */
const withBatches = '2025-03-26';
/** What its clients are offered: the revision after it, which has no batches. */
const instead = '2025-06-18';

/** The revisions that `initialize` agrees to, newest first. */
const agreed: readonly string[] = SUPPORTED_PROTOCOL_VERSIONS.filter((version) => version !== withBatches);
/** Every revision that is served, newest first. */
export const servedVersions: readonly string[] = [stateless, ...agreed];

/** What the header of a message may say. */
const known: ReadonlySet<string> = new Set([...servedVersions, withBatches]);

/** The revision that a client's `initialize` is answered with (MCP, lifecycle, version negotiation). */
export function agreedVersion(requested: string): string {
  if (requested === withBatches) {
    return instead;
  }
  return agreed.includes(requested) ? requested : LATEST_PROTOCOL_VERSION;
}

/**
 * A header that names a revision which is not served. One that a message of the stateless revision repeats is left to
 * the protocol layer, which compares the two.
 * @throws InvalidMessage -32600
 */
export function checkVersionHeader(message: JsonObject, header: string | null): void {
  if (header === null || known.has(header.trim())) {
    return;
  }
  const { _meta: meta } = (message.params ?? {}) as { _meta?: Record<string, unknown> };
  if (message.method !== 'initialize' && typeof meta?.[PROTOCOL_VERSION_META_KEY] === 'string') {
    return;
  }
  throw invalidRequest(
    `the header MCP-Protocol-Version names a revision that is not served; use one of ${servedVersions.join(', ')}.`,
    message,
  );
}
