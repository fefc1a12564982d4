import { asAsked } from '../../identity/loopback.ts';
import type { SignInClient } from '../clients/client.ts';
import { isLoopback } from '../clients/redirects.ts';
import { type Html, html, pageResponse } from '../http/pages.ts';
import { addressOf, type TenantSite } from '../tenant-site.ts';
import type { Transaction } from './transaction.ts';

export interface ConsentQuestion {
  readonly transaction: Transaction;
  readonly client: SignInClient;
  readonly site: TenantSite;
  readonly request: Request;
}

/** Asks a person whether a program may act for them: who asks, for what, in whose organisation, and where the answer goes. */
export function consentPage({ transaction, client, site, request }: ConsentQuestion): Response {
  const { handle, csrf, redirect, resource } = transaction;
  return pageResponse({
    title: 'Let a program act for you?',
    body: html`<p>A program asks to use the service of <strong><bdi>${site.displayName}</bdi></strong> as you, with all that you may do there. You sign in on the next page.</p>
<dl>
<dt>The program</dt><dd>${programOf(client)}</dd>
<dt>What it asks for</dt><dd>The tools at ${asAsked(resource, request)}</dd>
<dt>Your organisation</dt><dd><bdi>${site.displayName}</bdi></dd>
<dt>Where you are sent back to</dt><dd>${placeOf(redirect)}</dd>
</dl>
${warningOf(redirect)}
<form method="post" action="${addressOf(site, '/oauth/consent', request)}">
<input type="hidden" name="handle" value="${handle}"><input type="hidden" name="csrf" value="${csrf}">
<p><label><input type="checkbox" name="remember" value="yes"> Do not ask again for this program in this browser</label></p>
<button name="decision" value="allow">Allow</button><button name="decision" value="deny">Cancel</button>
</form>`,
  });
}

/** What a program says of itself is told as such. */
function programOf({ id, name, known }: SignInClient): Html {
  switch (known) {
    case 'listed':
      return html`<bdi>${name}</bdi>, which this service knows`;
    case 'document':
      return html`<bdi>${name}</bdi>, by its own account; it is vouched for by <strong>${new URL(id).hostname}</strong>`;
    case 'registered':
      return name === ''
        ? html`One that does not say its name`
        : html`It calls itself “<bdi>${name}</bdi>”; nobody has checked that`;
  }
}

function placeOf(redirect: string): Html {
  const { protocol, host } = new URL(redirect);
  if (isLoopback(redirect)) {
    return html`A program on this computer (${host})`;
  }
  return protocol === 'https:'
    ? html`<strong>${host}</strong>`
    : html`The program for addresses that begin with <strong>${protocol}</strong>`;
}

function warningOf(redirect: string): Html | undefined {
  return isLoopback(redirect)
    ? html`<p class="warning"><strong>Any program on this computer may be behind that address.</strong> Allow it only if you have just begun to sign in yourself, in a program that you trust.</p>`
    : undefined;
}
