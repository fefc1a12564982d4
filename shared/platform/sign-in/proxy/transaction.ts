import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import * as z from 'zod';
import { cookiesOf, setCookie } from '../http/cookies.ts';
import { OAuthProblem } from '../http/oauth-problem.ts';
import type { Secrets } from '../keys/derived-keys.ts';
import { type Sealer, sealer } from '../keys/sealed.ts';
import type { TenantSite } from '../tenant-site.ts';

const schema = z.object({
  /** Short name, which is also the `state` at the identity provider. */
  handle: z.string(),
  tenant: z.string(),
  client: z.string(),
  redirect: z.string(),
  /** The client's own `state`. */
  state: z.string().optional(),
  /** The client's PKCE challenge, S256. */
  challenge: z.string(),
  resource: z.string(),
  /** What the form of the consent page has to show. */
  csrf: z.string(),
  /** The PKCE verifier of this service's own request to the identity provider. */
  verifier: z.string(),
  prompt: z.string().optional(),
  hint: z.string().optional(),
  consented: z.boolean(),
});

/** One sign-in under way. It lives in the browser that began it, sealed, and nowhere else. */
export type Transaction = z.output<typeof schema>;

/** Seconds that a person may take. */
const lifetime = 600;
/** Sign-ins that one browser may have under way: each is in every request's headers. */
const mostAtOnce = 3;
/** Characters of the longest cookie that browsers take, less its name and attributes. */
const longestCookie = 3_800;
const cookieStart = 'sign-in-';

/** The sign-ins that browsers carry. */
export interface Transactions {
  /** The `Set-Cookie` headers that begin or go on with a sign-in, and drop the oldest of too many. */
  keep(transaction: Transaction, site: TenantSite, request: Request): Promise<readonly string[]>;
  /**
   * The sign-in of this name that this browser began at this tenant.
   * @throws OAuthProblem when there is none
   */
  find(handle: string, site: TenantSite, request: Request): Promise<Transaction>;
  /** The `Set-Cookie` header that ends it. */
  drop(transaction: Transaction, site: TenantSite): string;
}

export function transactions(secrets: Secrets, now: () => Date): Transactions {
  const sealed: Sealer<Transaction> = sealer({ purpose: 'transaction', schema, secrets, now });
  const remove = (handle: string, { base }: TenantSite) =>
    setCookie(`${cookieStart}${handle}`, '', { base, maxAge: 0, sameSite: 'None' });
  return {
    async keep(transaction, site, request) {
      const { handle } = transaction;
      const value = await sealed.seal(transaction, lifetime);
      if (value.length > longestCookie) {
        throw new OAuthProblem(
          'invalid_request',
          'The request is too long to be kept by a browser; shorten state.',
        );
      }
      const others = [...cookiesOf(request, cookieStart, site.base).keys()].filter((one) => one !== handle);
      // Browsers send what was set first, first (RFC 6265 section 5.4).
      const tooMany = others.slice(0, Math.max(0, others.length + 1 - mostAtOnce));
      return [
        // comes back with the form that the identity provider's page sends
        setCookie(`${cookieStart}${handle}`, value, { base: site.base, maxAge: lifetime, sameSite: 'None' }),
        ...tooMany.map((one) => remove(one, site)),
      ];
    },
    async find(handle, site, request) {
      const value = cookiesOf(request, cookieStart, site.base).get(handle);
      const transaction = value === undefined ? undefined : await sealed.open(value);
      if (transaction === undefined || transaction.handle !== handle || transaction.tenant !== site.slug) {
        throw new OAuthProblem(
          'invalid_request',
          'This sign-in has expired, or was begun in another browser; start again in the program that you use.',
        );
      }
      return transaction;
    },
    drop: ({ handle }, site) => remove(handle, site),
  };
}

/** A name, or a secret, that nobody guesses: 128 bits. */
export const randomHandle = (): string => randomBytes(16).toString('base64url');

/** A PKCE verifier (RFC 7636 section 4.1). */
export const randomVerifier = (): string => randomBytes(32).toString('base64url');

/** The S256 challenge of a verifier (RFC 7636 section 4.2). */
export const challengeOf = (verifier: string): string =>
  createHash('sha256').update(verifier).digest('base64url');

/** Compares in a time that does not tell how much of it was right. */
export function isSame(one: string, other: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}
