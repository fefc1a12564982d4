import { formOf, type Parameters, requiredOf } from '../http/form.ts';
import { OAuthProblem } from '../http/oauth-problem.ts';
import type { Operation, OperationCall } from '../provider.ts';

/** A request to the token endpoint. */
export interface TokenRequest extends OperationCall {
  readonly form: Parameters;
}

/** A successful answer of the token endpoint (RFC 6749 section 5.1). */
export interface TokenResponse {
  readonly access_token: string;
  readonly token_type: 'Bearer';
  /** Seconds. */
  readonly expires_in: number;
  readonly scope: string;
  readonly refresh_token?: string;
}

/** Answers requests of one `grant_type`. @throws OAuthProblem */
export type GrantType = (asked: TokenRequest) => Promise<TokenResponse>;

/** The token endpoint: one handler for each grant type that a way of signing in has. */
export function tokenOperation(types: Readonly<Record<string, GrantType>>): Operation {
  return {
    audience: 'any-origin',
    async POST(call) {
      const form = await formOf(call.request);
      const asked = requiredOf(form, 'grant_type', 100);
      const type = Object.hasOwn(types, asked) ? types[asked] : undefined;
      if (type === undefined) {
        throw new OAuthProblem(
          'unsupported_grant_type',
          `There is no such grant_type here; use ${Object.keys(types).join(' or ')}.`,
        );
      }
      return Response.json(await type({ ...call, form }), { headers: { Pragma: 'no-cache' } });
    },
  };
}
