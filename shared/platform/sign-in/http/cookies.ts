import { loopbackNames } from '../../identity/loopback.ts';

/** Whether an address is http on this machine, where browsers take no cookies with the prefix. */
export function isLoopbackHttp(base: string): boolean {
  const { protocol, hostname } = new URL(base);
  return protocol === 'http:' && loopbackNames.includes(hostname);
}

/**
 * A cookie's whole name. With the prefix browsers take it from this host only, over TLS, for no other host (RFC 6265bis
 * section 4.1.3.2); on this machine without TLS there is none.
 */
export function cookieName(name: string, base: string): string {
  return isLoopbackHttp(base) ? name : `__Host-${name}`;
}

export interface CookieOptions {
  /** Public address of the service that sets it. */
  readonly base: string;
  /** Seconds; 0 removes it. */
  readonly maxAge: number;
  /** `None` for what has to come back with a form that another site's page sends. */
  readonly sameSite: 'Lax' | 'None';
}

/** The value of a `Set-Cookie` header. Pages on this machine are safe places to browsers, so that `Secure` holds there, too. */
export function setCookie(name: string, value: string, { base, maxAge, sameSite }: CookieOptions): string {
  return `${cookieName(name, base)}=${value}; Path=/; Max-Age=${maxAge}; HttpOnly; Secure; SameSite=${sameSite}`;
}

/** The cookies whose names begin so, by the rest of their names. Of two with one name, neither: one of them is not ours. */
export function cookiesOf(request: Request, start: string, base: string): ReadonlyMap<string, string> {
  const whole = cookieName(start, base);
  const found = new Map<string, string>();
  const twice = new Set<string>();
  for (const pair of (request.headers.get('cookie') ?? '').split(';')) {
    const [, name = '', value = ''] = /^\s*([^=\s]+)=([\w.~-]*)\s*$/.exec(pair) ?? [];
    if (!name.startsWith(whole)) {
      continue;
    }
    const rest = name.slice(whole.length);
    if (found.has(rest)) {
      twice.add(rest);
    }
    found.set(rest, value);
  }
  for (const name of twice) {
    found.delete(name);
  }
  return found;
}
