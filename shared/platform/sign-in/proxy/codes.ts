import * as z from 'zod';
import type { Secrets } from '../keys/derived-keys.ts';
import { type Sealer, sealer } from '../keys/sealed.ts';

const schema = z.object({
  /** Unique. */
  id: z.string(),
  tenant: z.string(),
  client: z.string(),
  redirect: z.string(),
  /** The client's PKCE challenge, S256. */
  challenge: z.string(),
  resource: z.string(),
  /** Of the refresh tokens that come of it. */
  family: z.string(),
  /** What the identity provider gave, and what it wants back. */
  upstream: z.object({ code: z.string(), verifier: z.string(), callback: z.string() }),
});

/** An authorization code: everything that is known of the sign-in, sealed. */
export type Code = z.output<typeof schema>;
export type Codes = Sealer<Code>;

/** Seconds. */
export const codeLifetime = 60;

export const openCodes = (secrets: Secrets, now: () => Date): Codes =>
  sealer({ purpose: 'code', schema, secrets, now });
