import { formOf, optionalOf, type Parameters, requiredOf } from '../http/form.ts';
import { OAuthProblem } from '../http/oauth-problem.ts';
import { html, onwardPage, pageResponse } from '../http/pages.ts';
import { redirectTo, withCookies } from '../http/redirect.ts';
import type { Operation, OperationCall } from '../provider.ts';
import { addressOf } from '../tenant-site.ts';
import { answerAddress, errorAddress } from './answer-client.ts';
import { codeLifetime } from './codes.ts';
import { callbackPath, type ProxyParts } from './parts.ts';
import { isDeclined, refusalOf, sentenceFor } from './refusals.ts';
import { challengeOf, randomHandle, type Transaction } from './transaction.ts';

/** Seconds that a used handle is remembered: longer than its cookie can be opened. */
const handleMemory = 900;
const longest = { handle: 100, code: 8_192, description: 4_000 };

/** Where the identity provider's page sends its answer, as a form: a query of a gateway could not hold it. */
export function callbackOperation(parts: ProxyParts): Operation {
  return {
    audience: 'browser',
    async POST(call) {
      const { request, site } = call;
      const form = await formOf(request);
      const transaction = await parts.transactions.find(
        requiredOf(form, 'state', longest.handle),
        site,
        request,
      );
      await checkTurn(transaction, form, call, parts);
      const over = parts.transactions.drop(transaction, site);
      const error = form.get('error');
      if (error !== undefined) {
        const description = form.get('error_description')?.slice(0, longest.description);
        return withCookies(refusedBy(error, description, transaction, call, parts), [over]);
      }
      const code = optionalOf(form, 'code', longest.code);
      if (code === undefined) {
        throw new OAuthProblem('invalid_request', 'The identity provider sent no answer; start again.');
      }
      const given = (await parts.upstream.accept?.(code, challengeOf(transaction.verifier), call)) ?? code;
      const own = await codeFor(transaction, given, call, parts);
      const answer = answerAddress(transaction, { code: own }, site, request);
      // the form of a page of this service leads nowhere else: browsers hold a redirect after it to that as well
      return parts.upstream.accept === undefined
        ? redirectTo(answer, [over])
        : withCookies(onwardPage('You are signed in', answer), [over]);
    },
  };
}

/** It is the turn of this sign-in: its person agreed in this browser, and no answer came yet. */
async function checkTurn(
  { handle, consented }: Transaction,
  form: Parameters,
  { site }: OperationCall,
  { storeOf, now, upstream }: ProxyParts,
): Promise<void> {
  const expires = new Date(now().getTime() + handleMemory * 1_000);
  const issuer = form.get('iss');
  const fits = consented && (issuer === undefined || upstream.issuersOf(site).includes(issuer));
  if (!fits || !(await storeOf(site.slug).useOnce('handle', handle, expires))) {
    throw new OAuthProblem(
      'invalid_request',
      'This answer belongs to no sign-in; start again in the program that you use.',
    );
  }
}

async function codeFor(
  { client, redirect, challenge, resource, verifier }: Transaction,
  code: string,
  { site, request }: OperationCall,
  { codes }: ProxyParts,
): Promise<string> {
  const callback = addressOf(site, callbackPath, request);
  return await codes.seal(
    {
      id: randomHandle(),
      tenant: site.slug,
      client,
      redirect,
      challenge,
      resource,
      family: randomHandle(),
      upstream: { code, verifier, callback },
    },
    codeLifetime,
  );
}

/** Who did not want to is back at the client at once; everybody else learns here why, and whom to ask. */
function refusedBy(
  error: string,
  description: string | undefined,
  transaction: Transaction,
  { site, request, correlationId }: OperationCall,
  { logger }: ProxyParts,
): Response {
  const refusal = refusalOf(error, description);
  const { code, providerId } = refusal;
  logger.log('warn', 'sign-in refused by the identity provider', {
    correlationId,
    reason: code ?? refusal.error,
    providerId,
  });
  if (isDeclined(refusal)) {
    return redirectTo(
      errorAddress(transaction, 'access_denied', 'The person did not sign in.', site, request),
    );
  }
  if (transaction.prompt === 'none') {
    // The client asked for an answer without a person, who then must not be shown a page either.
    const sentence = 'The person has to sign in; ask without prompt=none.';
    return redirectTo(errorAddress(transaction, 'interaction_required', sentence, site, request));
  }
  const sentence = sentenceFor(refusal, site.displayName);
  const back = errorAddress(transaction, 'access_denied', sentence, site, request);
  const names = [correlationId, code, providerId].filter((name) => name !== undefined).join(', ');
  return pageResponse({
    title: 'You are not signed in',
    status: 403,
    body: html`<p role="alert">${sentence}</p><p>If you ask for help, name this: <code>${names}</code></p>
<p><a href="${back}">Back to the program</a></p>`,
  });
}
