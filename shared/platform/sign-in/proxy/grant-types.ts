import { asAsked } from '../../identity/loopback.ts';
import { optionalOf, type Parameters, requiredOf } from '../http/form.ts';
import { OAuthProblem } from '../http/oauth-problem.ts';
import { issuerOf } from '../tenant-site.ts';
import type { GrantType, TokenRequest, TokenResponse } from '../tokens/token-operation.ts';
import { resourceOf } from './authorize.ts';
import { type ProxyParts, refuseUnlisted } from './parts.ts';
import { type RefreshToken, refreshTokenLifetime } from './refresh-tokens.ts';
import { isOver, knownReason, sentenceFor } from './refusals.ts';
import { challengeOf, isSame } from './transaction.ts';
import { UpstreamRefused, type UpstreamTokens, type Wanted } from './upstream.ts';

const longest = { text: 16_384, clientId: 500, redirect: 400 };
/** Seconds that a used code is remembered: longer than it can be opened. */
const codeMemory = 300;

/** What a client gets for a code, and for a refresh token. */
export function proxyGrantTypes(
  parts: ProxyParts,
): Record<'authorization_code' | 'refresh_token', GrantType> {
  return {
    authorization_code: (asked) => forCode(asked, parts),
    refresh_token: (asked) => forRefreshToken(asked, parts),
  };
}

async function forCode(asked: TokenRequest, parts: ProxyParts): Promise<TokenResponse> {
  const { form, site } = asked;
  const client = requiredOf(form, 'client_id', longest.clientId);
  const code = await parts.codes.open(requiredOf(form, 'code', longest.text));
  if (code === undefined || code.tenant !== site.slug) {
    throw invalidGrant('The code is not valid, or older than a minute; sign in again.');
  }
  if (code.client !== client || code.redirect !== requiredOf(form, 'redirect_uri', longest.redirect)) {
    throw invalidGrant('The code was given to another client, or for another redirect_uri.');
  }
  const verifier = form.get('code_verifier') ?? '';
  if (!/^[\w.~-]{43,128}$/.test(verifier) || !isSame(challengeOf(verifier), code.challenge)) {
    throw invalidGrant('The code_verifier does not belong to the code.');
  }
  checkResource(form, code.resource, asked);
  refuseUnlisted(client, parts);
  const store = parts.storeOf(site.slug);
  if (!(await store.useOnce('code', code.id, inSeconds(codeMemory, parts)))) {
    // Two have the same code: whoever came first may be the wrong one (RFC 6749 section 4.1.2).
    await store.end(code.family, inSeconds(refreshTokenLifetime, parts));
    throw invalidGrant('The code was used before; sign in again.');
  }
  const tokens = await told(asked, parts, () =>
    parts.upstream.redeem(site, code.upstream, wanted(code, asked)),
  );
  const { family, resource } = code;
  return await answer(tokens, { family, resource, client, generation: 1 }, 'signed_in', asked, parts);
}

async function forRefreshToken(asked: TokenRequest, parts: ProxyParts): Promise<TokenResponse> {
  const { form, site } = asked;
  const client = requiredOf(form, 'client_id', longest.clientId);
  const token = await parts.refreshTokens.open(requiredOf(form, 'refresh_token', longest.text));
  if (token === undefined || token.tenant !== site.slug || token.client !== client) {
    throw invalidGrant('The refresh token is not valid for this client; sign in again.');
  }
  checkResource(form, token.resource, asked);
  refuseUnlisted(client, parts);
  const { family, generation, resource } = token;
  const store = parts.storeOf(site.slug);
  const expires = inSeconds(refreshTokenLifetime, parts);
  const end = async () => {
    await store.end(family, expires);
    parts.logger.log('warn', 'refresh token came back', { correlationId: asked.correlationId });
    throw invalidGrant('The refresh token was used before, and its sign-in has ended; sign in again.');
  };
  if (!(await store.isUnused(family, generation))) {
    return await end();
  }
  const tokens = await told(asked, parts, () =>
    parts.upstream.refresh(site, token.upstream, wanted(token, asked)),
  );
  // Only now: while the identity provider does not answer, the client keeps what it has.
  if (!(await store.use(family, generation, expires))) {
    return await end();
  }
  const next = { family, resource, client, generation: generation + 1 };
  const refreshToken = tokens.refreshToken ?? token.upstream;
  return await answer({ ...tokens, refreshToken }, next, 'refreshed', asked, parts);
}

const wanted = ({ client, resource }: Omit<Wanted, 'issuer'>, { site, request }: TokenRequest): Wanted => ({
  client,
  resource: asAsked(resource, request),
  issuer: issuerOf(site, request),
});

async function answer(
  tokens: UpstreamTokens,
  next: Pick<RefreshToken, 'family' | 'resource' | 'client' | 'generation'>,
  how: 'signed_in' | 'refreshed',
  { site, correlationId }: TokenRequest,
  { refreshTokens, records, scope }: ProxyParts,
): Promise<TokenResponse> {
  const { accessToken, refreshToken, expiresIn, user, tid, tokenId } = tokens;
  if (!site.tenantIds.includes(tid)) {
    throw invalidGrant(`This account is none of ${site.displayName}; sign in with an account there.`);
  }
  records.signedIn({ tenant: site.slug, user, client: next.client, how, tokenId, correlationId });
  return {
    access_token: accessToken,
    token_type: 'Bearer',
    expires_in: expiresIn,
    scope,
    ...(refreshToken !== undefined && {
      refresh_token: await refreshTokens.seal(
        { tenant: site.slug, upstream: refreshToken, ...next },
        refreshTokenLifetime,
      ),
    }),
  };
}

/** The identity provider's refusal in words for the client. */
async function told(
  { site, correlationId }: TokenRequest,
  { logger }: ProxyParts,
  ask: () => Promise<UpstreamTokens>,
): Promise<UpstreamTokens> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof UpstreamRefused)) {
      throw error;
    }
    const { refusal } = error;
    const { code, providerId } = refusal;
    logger.log('warn', 'sign-in refused by the identity provider', {
      correlationId,
      reason: code ?? refusal.error,
      providerId,
    });
    if (isOver(refusal)) {
      const reason = knownReason(refusal, site.displayName);
      throw invalidGrant(reason ?? 'The identity provider has ended this sign-in; sign in again.');
    }
    throw new OAuthProblem(
      'server_error',
      `${sentenceFor(refusal, site.displayName)} (${correlationId})`,
      502,
    );
  }
}

/** Who names a resource names the one that the person agreed to. */
function checkResource(form: Parameters, agreed: string, { site }: TokenRequest): void {
  if (optionalOf(form, 'resource', longest.redirect) !== undefined && resourceOf(form, site) !== agreed) {
    throw new OAuthProblem('invalid_target', 'The resource is another one than the person agreed to.');
  }
}

const inSeconds = (seconds: number, { now }: ProxyParts) => new Date(now().getTime() + seconds * 1_000);

const invalidGrant = (sentence: string) => new OAuthProblem('invalid_grant', sentence);
