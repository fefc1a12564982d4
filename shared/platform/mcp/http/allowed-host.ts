import { hostHeaderValidationResponse } from '@modelcontextprotocol/server';
import { LeastRecentlyUsed } from '../../caching/lru.ts';

/** Host headers that are remembered of an endpoint. */
const mostHosts = 32;

const allowed = new WeakMap<readonly string[], LeastRecentlyUsed<string, true>>();

/**
 * Answers 403 to a page that made a browser take this for its own server (DNS rebinding). A header that was allowed once
 * is not taken apart again.
 */
export function wrongHost(request: Request, hosts: readonly string[]): Response | undefined {
  const known = allowed.get(hosts) ?? new LeastRecentlyUsed<string, true>(mostHosts);
  allowed.set(hosts, known);
  const host = request.headers.get('host') ?? '';
  if (known.get(host) === true) {
    return undefined;
  }
  const refusal = hostHeaderValidationResponse(request, [...hosts]);
  if (refusal === undefined) {
    known.set(host, true);
  }
  return refusal;
}
