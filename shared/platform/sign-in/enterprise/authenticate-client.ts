import { createHash, timingSafeEqual } from 'node:crypto';
import { errors, jwtVerify } from 'jose';
import { algorithms, clockTolerance, longestToken } from '../../identity/jwt.ts';
import { SigningKeys } from '../../identity/signing-keys.ts';
import { OAuthProblem } from '../http/oauth-problem.ts';
import type { ClientCredentials } from './client-credentials.ts';
import type { EnterpriseClient } from './issuer.ts';

/** True for the first to use this id, on all instances, until it expires. */
export type UseOnce = (id: string, expires: Date) => Promise<boolean>;

export interface ClientAuthenticationOptions {
  readonly clients: readonly EnterpriseClient[];
  readonly now: () => Date;
}

/** Where the client is authenticated. */
export interface Counter {
  /** Addresses that an assertion of the client may be for: the issuer's and the token endpoint's, in every spelling. */
  readonly audiences: readonly string[];
  readonly useOnce: UseOnce;
}

/** Seconds that an assertion of a client's key may live. */
const longestLife = 600;

/**
 * Checks that the client is the one that it says it is, in the way that it is listed with and in no other.
 * @throws OAuthProblem `invalid_client`
 * @throws Unavailable when the client's keys cannot be read
 */
export function clientAuthentication({ clients, now }: ClientAuthenticationOptions) {
  const addresses = new Set(clients.flatMap(({ jwksUri }) => jwksUri ?? []));
  const keys = new Map(
    [...addresses].map((url) => [url, new SigningKeys({ url, now: () => now().getTime() })]),
  );
  return async (
    client: EnterpriseClient | undefined,
    shown: ClientCredentials,
    counter: Counter,
  ): Promise<void> => {
    if (client === undefined || client.id !== shown.clientId) {
      throw notProven();
    }
    const signingKeys = client.jwksUri === undefined ? undefined : keys.get(client.jwksUri);
    if (signingKeys !== undefined) {
      await requireKey(client, shown, signingKeys, counter, now());
    } else if (client.secretSha256 !== undefined) {
      requireSecret(client.secretSha256, shown);
    } else if (shown.method !== 'none') {
      throw notProven();
    }
  };
}

function requireSecret(sha256: string, shown: ClientCredentials): void {
  const secrets = shown.method === 'secret' ? shown.secrets : [];
  const wanted = sha256.split(',').map((digest) => Buffer.from(digest, 'hex'));
  const equal = secrets.flatMap((secret) => {
    const digest = createHash('sha256').update(secret).digest();
    return wanted.map((one) => timingSafeEqual(digest, one));
  });
  if (!equal.includes(true)) {
    throw notProven();
  }
}

async function requireKey(
  { id }: EnterpriseClient,
  shown: ClientCredentials,
  signingKeys: SigningKeys,
  { audiences, useOnce }: Counter,
  now: Date,
): Promise<void> {
  if (shown.method !== 'private_key_jwt' || shown.assertion.length > longestToken) {
    throw notProven();
  }
  signingKeys.current(); // a withdrawn key stops working
  const { payload } = await jwtVerify(shown.assertion, signingKeys.find, {
    algorithms: [...algorithms],
    issuer: id,
    subject: id,
    audience: [...audiences],
    clockTolerance,
    currentDate: now,
    maxTokenAge: longestLife,
    requiredClaims: ['exp', 'jti'],
  }).catch((error: unknown) => {
    throw error instanceof errors.JOSEError ? notProven() : error;
  });
  const { exp = 0, jti = '' } = payload;
  const life = exp - now.getTime() / 1_000;
  if (jti === '' || life > longestLife + clockTolerance) {
    throw notProven();
  }
  if (!(await useOnce(`client ${id}\n${jti}`, new Date((exp + clockTolerance) * 1_000)))) {
    throw notProven();
  }
}

function notProven(): OAuthProblem {
  return new OAuthProblem(
    'invalid_client',
    'The client is not listed for this identity provider, or did not prove who it is; whoever runs this service knows which credentials it has.',
  );
}
