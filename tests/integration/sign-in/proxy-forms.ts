import type { WebBrowser } from '#emulators/lib/web-browser';
import { authorizeUrl, newBrowser } from './proxy-world.ts';

/** The value of a hidden field. */
export const hidden = (page: string | undefined, name: string): string =>
  new RegExp(`name="${name}" value="([^"]+)"`).exec(page ?? '')?.[1] ?? '';

/** A browser's cookies, as a test may change them. */
export type Cookies = Map<string, { value: string; sameSite: string }>;
export const cookiesOf = (browser: WebBrowser) => browser.cookiesOf('127.0.0.1') as Cookies;
export const cookieHeader = (browser: WebBrowser): string =>
  [...cookiesOf(browser)].map(([name, { value }]) => `${name}=${value}`).join('; ');

/** What an attacker changes of a form that is sent. */
export interface From {
  /** Whose cookies go along; nobody's unless given. */
  readonly browser?: WebBrowser;
  readonly headers?: Record<string, string>;
}

/** Sends what a form would send; redirects are not followed. */
export async function postForm(
  base: string,
  operation: string,
  form: Record<string, string>,
  { browser, headers = {} }: From = {},
): Promise<{ status: number; page: string; cookies: readonly string[] }> {
  const response = await fetch(`${base}/oauth/${operation}`, {
    method: 'POST',
    body: new URLSearchParams(form),
    headers: {
      ...(browser && { cookie: cookieHeader(browser) }),
      origin: new URL(base).origin,
      ...headers,
    },
    redirect: 'manual',
  });
  return { status: response.status, page: await response.text(), cookies: response.headers.getSetCookie() };
}

/** What the page that asks would send if its person agreed. */
export const agreement = (page: string | undefined) => ({
  handle: hidden(page, 'handle'),
  csrf: hidden(page, 'csrf'),
  decision: 'allow',
});

/** Goes as far as the provider's page, and no further: the person has agreed, and not signed in. */
export async function agreed(base: string, client: string): Promise<{ browser: WebBrowser; state: string }> {
  const browser = newBrowser();
  const form = agreement((await browser.open(authorizeUrl(base, client))).page);
  const { cookies } = await postForm(base, 'consent', form, { browser });
  const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookies[0] ?? '') ?? [];
  cookiesOf(browser).set(name, { value, sameSite: 'none' });
  return { browser, state: form.handle };
}
