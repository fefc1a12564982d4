import type { DirectoryTenant } from './directory.ts';

/** Nothing is loaded, run or framed. */
export const pageHeaders = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
  'cache-control': 'no-store',
} as const;

/** Lets a person choose who signs in: one button for each user, no password. */
export function signInPage(
  tenant: DirectoryTenant,
  application: string,
  problem: string | undefined,
): string {
  const buttons = tenant.users.map(
    ({ signInName, roles }) =>
      `<button name="user" value="${escapeHtml(signInName)}">${escapeHtml(signInName)}
       <small>${escapeHtml(roles.join(', ') || 'no roles')}</small></button>`,
  );
  return page(
    `Sign in to ${tenant.displayName}`,
    `${problem === undefined ? '' : `<p role="alert">${escapeHtml(problem)}</p>`}
    <p>${escapeHtml(application)} asks for access to the MCP service. Who are you?</p>
    <form method="get">${buttons.join('\n')}
    <button name="cancel" value="1">Cancel</button></form>
    <p><small>This is the identity provider for development on this machine. It stands in for Microsoft Entra ID and
    asks for no password. A request with <code>login_hint=${escapeHtml(tenant.users[0]?.signInName ?? '')}</code>
    signs that user in at once, without this page.</small></p>`,
  );
}

/** Lets a person say to which organisation they belong. */
export function organisationsPage(
  choices: readonly { readonly tenant: DirectoryTenant; readonly address: string }[],
): string {
  const links = choices.map(
    ({ tenant, address }) =>
      `<li><a href="${escapeHtml(address)}">${escapeHtml(tenant.displayName)}</a></li>`,
  );
  return page('Sign in', `<p>To which organisation do you belong?</p><ul>${links.join('')}</ul>`);
}

/** Says why a request cannot go back to the application that made it. */
export function errorPage(error: string, description: string): string {
  return page(
    'Sign-in is not possible',
    `<p>${escapeHtml(description)}</p><p><code>${escapeHtml(error)}</code></p>`,
  );
}

function page(title: string, body: string): string {
  return `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escapeHtml(title)}</title>
<style>
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 28rem; margin: 3rem auto; padding: 0 1rem; }
button { display: block; width: 100%; margin: .5rem 0; padding: .6rem 1rem; font: inherit; text-align: left; }
small { opacity: .8; }
</style></head>
<body><main><h1>${escapeHtml(title)}</h1>
${body}
</main></body></html>
`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
