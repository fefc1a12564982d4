import { queryOf, requiredOf } from '../http/form.ts';
import { OAuthProblem } from '../http/oauth-problem.ts';
import { html } from '../http/pages.ts';
import type { Operation } from '../provider.ts';
import { callbackPath } from '../proxy/parts.ts';
import { challengeOf, type Transactions } from '../proxy/transaction.ts';
import { addressOf, issuerOf } from '../tenant-site.ts';
import { passkeyPage } from './passkey-page.ts';
import { authenticationOptions, relyingParty } from './passkeys.ts';

/** The page on which a person uses their passkey, after they agreed; its form goes to the callback. */
export function passkeyOperation(transactions: Transactions): Operation {
  return {
    audience: 'browser',
    async GET({ request, site }) {
      const handle = requiredOf(queryOf(request), 'handle', 100);
      const { consented, verifier } = await transactions.find(handle, site, request);
      if (!consented) {
        throw new OAuthProblem('invalid_request', 'Agree first; start again in the program that you use.');
      }
      const party = relyingParty(issuerOf(site, request), site.displayName);
      return passkeyPage({
        title: 'Sign in',
        explanation: html`<p>Use your passkey for <strong><bdi>${site.displayName}</bdi></strong>. Who has none yet needs an invitation.</p>`,
        button: 'Use a passkey',
        kind: 'get',
        options: await authenticationOptions(party, challengeOf(verifier)),
        action: addressOf(site, callbackPath, request),
        fields: { state: handle },
      });
    },
  };
}
