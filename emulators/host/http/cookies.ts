import type { HttpCookie } from '../worker/rpc.ts';

const SAME_SITE = { lax: 'Lax', strict: 'Strict', explicitNone: 'None' } as const;

/** A `Set-Cookie` header value (RFC 6265) from a cookie as the library sends it to the host. */
export function serializeCookie(cookie: HttpCookie): string {
  const parts = [`${cookie.name}=${encodeURIComponent(cookie.value)}`];
  if (cookie.expires) {
    parts.push(`expires=${new Date(cookie.expires.value.seconds * 1000).toUTCString()}`);
  }
  if (cookie.maxAge) {
    parts.push(`max-age=${Math.trunc(cookie.maxAge.value)}`);
  }
  if (cookie.domain) {
    parts.push(`domain=${cookie.domain.value}`);
  }
  parts.push(`path=${cookie.path?.value ?? '/'}`);
  if (cookie.secure?.value) {
    parts.push('secure');
  }
  if (cookie.sameSite && cookie.sameSite !== 'none') {
    parts.push(`samesite=${SAME_SITE[cookie.sameSite]}`);
  }
  if (cookie.httpOnly?.value) {
    parts.push('httponly');
  }
  return parts.join('; ');
}
