import { type AuthProvider, type OAuthTokens, refreshAuthorization } from '@modelcontextprotocol/client';
import { client, metadataOf, type SignedIn } from './oauth.ts';

/** The token of whoever signed in, in this page's memory alone: with the page it is gone. */
export interface Token extends AuthProvider {
  /** What it says of its user; nothing here is decided by it. */
  readonly claims: () => Readonly<Record<string, unknown>>;
}

/** @param ended told when there is no way to a further token */
export function openToken({ issuer, tokens: first }: SignedIn, ended: () => void): Token {
  let tokens: OAuthTokens = first;
  let refreshing: Promise<void> | undefined;
  const refresh = async () => {
    const { refresh_token: refreshToken } = tokens;
    if (refreshToken === undefined) {
      throw new Error('The sign-in has ended.');
    }
    const metadata = await metadataOf(issuer);
    const fresh = await refreshAuthorization(issuer, {
      ...(metadata && { metadata }),
      clientInformation: client,
      refreshToken,
    });
    tokens = { ...fresh, refresh_token: fresh.refresh_token ?? refreshToken };
  };
  return {
    token: async () => tokens.access_token,
    async onUnauthorized() {
      // one at a time, whoever asks: a refresh token is good for one use
      refreshing ??= refresh().finally(() => {
        refreshing = undefined;
      });
      try {
        await refreshing;
      } catch (error) {
        ended();
        throw error;
      }
    },
    claims: () => claimsOf(tokens.access_token),
  };
}

/** Of a token that is a JWT (RFC 7519); none otherwise. */
function claimsOf(token: string): Record<string, unknown> {
  try {
    const [, payload = ''] = token.split('.');
    const bytes = Uint8Array.from(atob(payload.replaceAll('-', '+').replaceAll('_', '/')), (one) =>
      one.charCodeAt(0),
    );
    return JSON.parse(new TextDecoder().decode(bytes)) as Record<string, unknown>;
  } catch {
    return {};
  }
}
