import { formOf, requiredOf } from '../http/form.ts';
import { OAuthProblem } from '../http/oauth-problem.ts';
import type { Operation } from '../provider.ts';
import type { ProxyParts } from './parts.ts';
import { refreshTokenLifetime } from './refresh-tokens.ts';

const longest = { token: 16_384, clientId: 500 };

/**
 * Ends a sign-in by its refresh token (RFC 7009). Access tokens are the identity provider's own: nobody can take one back
 * before it expires.
 */
export function revokeOperation({ refreshTokens, storeOf, now }: ProxyParts): Operation {
  return {
    audience: 'any-origin',
    async POST({ request, site }) {
      const form = await formOf(request);
      const text = requiredOf(form, 'token', longest.token);
      const client = requiredOf(form, 'client_id', longest.clientId);
      if (text.split('.').length === 3) {
        throw new OAuthProblem(
          'unsupported_token_type',
          'Access tokens end by themselves; revoke the refresh token, after which there is no further one.',
        );
      }
      const token = await refreshTokens.open(text);
      if (token !== undefined && (token.client !== client || token.tenant !== site.slug)) {
        throw new OAuthProblem('invalid_grant', 'The token was given to another client.');
      }
      if (token !== undefined) {
        await storeOf(site.slug).end(token.family, new Date(now().getTime() + refreshTokenLifetime * 1_000));
      }
      return new Response(null, { status: 200 });
    },
  };
}
