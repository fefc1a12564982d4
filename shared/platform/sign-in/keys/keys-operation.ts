import type { Operation } from '../provider.ts';
import type { OwnKeys } from './own-key.ts';

/** The public keys that this service's own access tokens are verified with (RFC 7517). */
export function keysOperation({ jwks }: OwnKeys): Operation {
  return {
    audience: 'any-origin',
    GET: async () => Response.json(jwks, { headers: { 'Cache-Control': 'public, max-age=3600' } }),
  };
}
