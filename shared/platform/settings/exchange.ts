import * as z from 'zod';

/** `exchange` of a tenant: where tokens of this service's own are exchanged for those of other services (RFC 8693). */
export const exchangeShape = z.strictObject({
  tokenEndpoint: z.url({ protocol: /^https$/ }),
  clientId: z.string().min(1).max(200),
});
