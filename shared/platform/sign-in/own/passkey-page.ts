import { createHash } from 'node:crypto';
import { type Html, html, pageResponse } from '../http/pages.ts';

export interface PasskeyPage {
  readonly title: string;
  readonly explanation: Html;
  readonly button: string;
  readonly kind: 'create' | 'get';
  /** Options of the WebAuthn API, in its JSON form. */
  readonly options: object;
  /** Where the answer goes, in the field `code`, with these. */
  readonly action: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** Asks the authenticator, and sends what it answers as a form. All of it is the browser's own; nothing is loaded. */
const script = `
const form = document.forms[0];
const status = document.getElementById('status');
form.addEventListener('submit', async (event) => {
  event.preventDefault();
  status.textContent = '';
  try {
    const options = JSON.parse(form.dataset.options);
    const credential = form.dataset.kind === 'create'
      ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
      : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
    form.elements.code.value = JSON.stringify(credential.toJSON());
    form.submit();
  } catch {
    status.textContent = 'No passkey was used. Try again; if nothing happens, use a current browser.';
  }
});
`;
const scriptDigest = createHash('sha256').update(script).digest('base64');

/** A page with one button, which asks the person’s authenticator for a passkey. */
export function passkeyPage(page: PasskeyPage): Response {
  const { title, explanation, button, kind, options, action, fields } = page;
  const hidden = Object.entries({ ...fields, code: '' }).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`,
  );
  return pageResponse({
    title,
    script: { text: script, digest: scriptDigest },
    body: html`${explanation}
<form method="post" action="${action}" data-kind="${kind}" data-options="${JSON.stringify(options)}">
${hidden}<button>${button}</button>
</form>
<p id="status" role="alert"></p>`,
  });
}
