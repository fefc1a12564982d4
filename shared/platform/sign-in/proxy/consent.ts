import { formOf, requiredOf } from '../http/form.ts';
import { OAuthProblem } from '../http/oauth-problem.ts';
import { onwardPage } from '../http/pages.ts';
import { withCookies } from '../http/redirect.ts';
import type { Operation } from '../provider.ts';
import { issuerOf, type TenantSite } from '../tenant-site.ts';
import { errorAddress } from './answer-client.ts';
import { providerAddress } from './authorize.ts';
import type { ProxyParts } from './parts.ts';
import { isSame } from './transaction.ts';

/** What a person answered on the consent page: in this browser, on this page, to this sign-in. */
export function consentOperation(parts: ProxyParts): Operation {
  return {
    audience: 'browser',
    async POST({ request, site }) {
      refuseOtherOrigins(request, site);
      const form = await formOf(request);
      const transaction = await parts.transactions.find(requiredOf(form, 'handle', 100), site, request);
      if (!isSame(form.get('csrf') ?? '', transaction.csrf)) {
        throw notThisPage();
      }
      if (form.get('decision') !== 'allow') {
        const sentence = 'The person did not allow it.';
        const address = errorAddress(transaction, 'access_denied', sentence, site, request);
        return withCookies(onwardPage('Nothing was allowed', address), [
          parts.transactions.drop(transaction, site),
        ]);
      }
      const agreed = { ...transaction, consented: true };
      const cookies = [...(await parts.transactions.keep(agreed, site, request))];
      if (form.get('remember') === 'yes') {
        cookies.push(await parts.remembered.add(agreed, site, request));
      }
      return withCookies(
        onwardPage('On to your sign-in', providerAddress(agreed, site, request, parts)),
        cookies,
      );
    },
  };
}

/** Browsers say of a form which page it comes from. */
function refuseOtherOrigins(request: Request, site: TenantSite): void {
  const origin = request.headers.get('origin');
  const from = request.headers.get('sec-fetch-site');
  if (origin !== new URL(issuerOf(site, request)).origin || (from !== null && from !== 'same-origin')) {
    throw notThisPage();
  }
}

function notThisPage(): OAuthProblem {
  return new OAuthProblem(
    'invalid_request',
    'This answer does not come from the page that asked; start again in the program that you use.',
    403,
  );
}
