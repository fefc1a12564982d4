import { loopbackSpellings } from '../../identity/loopback.ts';
import type { SignInClient } from '../clients/client.ts';
import { optionalOf, type Parameters, queryOf, requiredOf } from '../http/form.ts';
import { OAuthProblem } from '../http/oauth-problem.ts';
import { redirectTo, withCookies } from '../http/redirect.ts';
import type { Operation, OperationCall } from '../provider.ts';
import { addressOf, type TenantSite } from '../tenant-site.ts';
import { toldToClient } from './answer-client.ts';
import { consentPage } from './consent-page.ts';
import { callbackPath, type ProxyParts, refuseUnlisted } from './parts.ts';
import { challengeOf, randomHandle, randomVerifier, type Transaction } from './transaction.ts';

/** Characters of the longest client id and redirect; the query of a gateway ends at 2 KB. */
const longest = { clientId: 500, redirect: 400, state: 1_200, resource: 300, hint: 200 };

/** Where a client sends its person's browser (RFC 6749 section 4.1.1). */
export function authorizeOperation(parts: ProxyParts): Operation {
  return {
    audience: 'browser',
    async GET(call) {
      const { site, request } = call;
      const query = queryOf(request);
      // Until these two are known to be good there is no place to send an answer to: what is wrong is shown here.
      const client = await parts.clients.find(site, requiredOf(query, 'client_id', longest.clientId));
      const redirect = requiredOf(query, 'redirect_uri', longest.redirect);
      parts.clients.checkRedirect(client, redirect);
      const state = optionalOf(query, 'state', longest.state);
      const address = { redirect, ...(state !== undefined && { state }) };
      return await toldToClient(address, site, request, async () => {
        refuseUnlisted(client.id, parts);
        const transaction: Transaction = { ...begin(query, site, client), ...address };
        return await ask(transaction, query, client, call, parts);
      });
    },
  };
}

function begin(
  query: Parameters,
  site: TenantSite,
  client: SignInClient,
): Omit<Transaction, 'redirect' | 'state'> {
  if (query.has('request') || query.has('request_uri')) {
    throw new OAuthProblem(
      'invalid_request',
      'Send the parameters themselves, without request or request_uri.',
    );
  }
  if (query.get('response_type') !== 'code') {
    throw new OAuthProblem('unsupported_response_type', 'The response_type must be code.');
  }
  if ((query.get('response_mode') ?? 'query') !== 'query') {
    throw new OAuthProblem('invalid_request', 'The response_mode must be query, or left out.');
  }
  const prompt = promptOf(query);
  const hint = optionalOf(query, 'login_hint', longest.hint);
  return {
    handle: randomHandle(),
    tenant: site.slug,
    client: client.id,
    challenge: challengeIn(query),
    resource: resourceOf(query, site),
    csrf: randomHandle(),
    verifier: randomVerifier(),
    consented: false,
    ...(prompt !== undefined && { prompt }),
    ...(hint !== undefined && { hint }),
  };
}

/** Who sends no method means `plain` (RFC 7636 section 4.3), which protects nothing. */
function challengeIn(query: Parameters): string {
  const challenge = query.get('code_challenge') ?? '';
  if (query.get('code_challenge_method') !== 'S256' || !/^[\w-]{43}$/.test(challenge)) {
    throw new OAuthProblem('invalid_request', 'Send a code_challenge with the code_challenge_method S256.');
  }
  return challenge;
}

/**
 * The endpoint that tokens are wanted for (RFC 8707), of this tenant's only. Clients of the time before it send none.
 * @throws OAuthProblem `invalid_target`
 */
export function resourceOf(parameters: Parameters, { resources }: TenantSite): string {
  const asked = optionalOf(parameters, 'resource', longest.resource);
  const resource = resources.find((one) => asked === undefined || loopbackSpellings(one).includes(asked));
  if (resource === undefined) {
    throw new OAuthProblem(
      'invalid_target',
      'The resource is not an endpoint of this service; use its address.',
    );
  }
  return resource;
}

/** What of the client's wishes the identity provider is told: `consent` would ask for what an administrator gives. */
function promptOf(query: Parameters): string | undefined {
  const asked = query.get('prompt')?.split(' ') ?? [];
  return asked.find((one) => ['none', 'login', 'select_account'].includes(one));
}

async function ask(
  transaction: Transaction,
  query: Parameters,
  client: SignInClient,
  { site, request }: OperationCall,
  parts: ProxyParts,
): Promise<Response> {
  const wantsConsent = query.get('prompt')?.split(' ').includes('consent') ?? false;
  if (!wantsConsent && (await parts.remembered.has(transaction, site, request))) {
    const agreed = { ...transaction, consented: true };
    const cookies = await parts.transactions.keep(agreed, site, request);
    return redirectTo(providerAddress(agreed, site, request, parts), cookies);
  }
  if (transaction.prompt === 'none') {
    throw new OAuthProblem('interaction_required', 'The person has to agree first; ask without prompt=none.');
  }
  const cookies = await parts.transactions.keep(transaction, site, request);
  return withCookies(consentPage({ transaction, client, site, request }), cookies);
}

/** Where the person signs in. */
export function providerAddress(
  { handle, verifier, prompt, hint }: Transaction,
  site: TenantSite,
  request: Request,
  { upstream }: Pick<ProxyParts, 'upstream'>,
): string {
  return upstream.authorizationUrl(site, {
    state: handle,
    challenge: challengeOf(verifier),
    callback: addressOf(site, callbackPath, request),
    prompt,
    hint,
  });
}
