import { decodeJwt } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type IdentityProvider, startIdentityProvider } from '#emulators/identity/provider';
import { signIn } from '#emulators/identity/sign-in';
import { authorizationUrl, redeem, redirectUri, resource } from './authorization.ts';

let provider: IdentityProvider;
let issuer: string;
beforeAll(async () => {
  provider = await startIdentityProvider({ resource });
  issuer = provider.issuerOf('contoso');
});
afterAll(() => provider.stop());

test('without a login hint, the page shows the organisation and its users', async () => {
  const { page, headers } = await openPage();
  expect(page).toContain('Sign in to Contoso Communications');
  expect(page).toContain('local CLI asks for access');
  const users = [...page.matchAll(/name="user" value="([^"]+)"/g)].map(([, user]) => user);
  expect(users).toEqual(
    ['quinn', 'bill', 'agnes', 'sara', 'anna', 'nobody'].map((name) => `${name}@contoso`),
  );
  expect(page).toContain('login_hint');
  expect(headers.get('content-security-policy')).toContain("default-src 'none'");
});

test('choosing a user leads back to the application with a code', async () => {
  const { location } = await press('user=sara%40contoso');
  expect(location.href).toContain(redirectUri);
  expect(location.searchParams.get('code')).not.toBeNull();
});

test('cancelling leads back without one', async () => {
  const { location } = await press('cancel=1');
  expect(location.searchParams.get('error')).toBe('access_denied');
  expect(location.searchParams.has('code')).toBe(false);
});

test('a name that the directory does not have is said so, and cannot write into the page', async () => {
  const { page } = await openPage({ login_hint: '<script>alert(1)</script>' });
  expect(page).toContain('There is no user');
  expect(page).not.toContain('<script>');
});

test('a user of another organisation cannot sign in here', async () => {
  await expect(signIn({ issuer, user: 'sam@stranger', resource })).rejects.toThrow(
    'sam@stranger cannot be signed in: There is no user "sam@stranger" in this directory.',
  );
});

test('the page belongs to the browser that started the sign-in', async () => {
  const { url } = await openPage();
  const response = await fetch(`${url}?user=sara%40contoso`, { redirect: 'manual' });
  expect(response.status).toBe(400);
  expect(await response.text()).toContain('belongs to another browser');
});

test('the same browser is asked again the next time, and may be someone else', async () => {
  const first = await press('user=sara%40contoso');
  const second = await press('user=quinn%40contoso', first.cookie);
  const { access_token } = await redeem(issuer, second.location.searchParams.get('code') ?? '');
  expect(decodeJwt(access_token).roles).toEqual(['query']);
});

/** Opens the sign-in page as a browser does. */
async function openPage(changes: Record<string, string> = {}, earlier = '') {
  const redirect = await fetch(authorizationUrl(issuer, changes), {
    redirect: 'manual',
    headers: { cookie: earlier },
  });
  const url = new URL(redirect.headers.get('location') ?? '', issuer);
  const cookie = [cookiesOf(redirect), earlier].join('; '); // the first of a name counts
  const response = await fetch(url, { headers: { cookie } });
  return { url, cookie, page: await response.text(), headers: response.headers };
}

/** Opens the page, presses a button, and follows the provider's own redirect back to the application. */
async function press(button: string, earlier?: string): Promise<{ location: URL; cookie: string }> {
  const { url, cookie } = await openPage({}, earlier);
  const pressed = await fetch(`${url}?${button}`, { redirect: 'manual', headers: { cookie } });
  const resumed = await fetch(pressed.headers.get('location') ?? '', {
    redirect: 'manual',
    headers: { cookie },
  });
  return { location: new URL(resumed.headers.get('location') ?? ''), cookie: cookiesOf(resumed) };
}

function cookiesOf(response: Response): string {
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
}
