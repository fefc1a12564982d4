import * as z from 'zod';
import type { Secrets } from '../keys/derived-keys.ts';
import { type Sealer, sealer } from '../keys/sealed.ts';

const schema = z.object({
  tenant: z.string(),
  client: z.string(),
  resource: z.string(),
  /** The sign-in that it comes from. */
  family: z.string(),
  /** Counts up from 1 with every use. */
  generation: z.number().int().positive(),
  /** The identity provider's own. */
  upstream: z.string(),
});

/** A refresh token: the identity provider's, sealed for one client. */
export type RefreshToken = z.output<typeof schema>;
export type RefreshTokens = Sealer<RefreshToken>;

/** Seconds: as long as the identity provider's own last when they are not used. */
export const refreshTokenLifetime = 90 * 86_400;

export const openRefreshTokens = (secrets: Secrets, now: () => Date): RefreshTokens =>
  sealer({ purpose: 'refresh token', schema, secrets, now });
