import type { IncomingMessage } from 'node:http';

/**
 * The address that a client asked this server for; undefined when its request line or its Host header hold none.
 *
 * A target may be a whole address (RFC 9112 section 3.2.2), or begin with two slashes and a name: whatever it names,
 * its path and query alone are taken, so that no request leads anywhere but here. Dot segments are resolved.
 */
export function requestUrl({ url: target = '', headers }: IncomingMessage): URL | undefined {
  const origin = parse(`http://${headers.host ?? 'localhost'}`);
  // A Host header is a name and a port; with more than that it would come before the path.
  if (origin === undefined || origin.href !== `${origin.origin}/`) {
    return undefined;
  }
  const named = parse(target.startsWith('/') ? `${origin.origin}${target}` : target);
  if (named === undefined || !/^https?:$/.test(named.protocol)) {
    return undefined;
  }
  return new URL(`${origin.origin}${named.pathname}${named.search}`);
}

function parse(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}
