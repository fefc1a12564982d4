import { decodeJwt } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type IdentityProvider, startIdentityProvider } from '#emulators/identity/provider';
import { localTenant } from '#emulators/identity/tenants';
import {
  answered,
  authorizeUrl,
  newBrowser,
  redeem as redeemAtProxy,
  refresh,
  register,
  startProxyWorld,
} from '../sign-in/proxy-world.ts';
import {
  authorizationUrl,
  clientCredentials,
  codeOf,
  redeem,
  requestToken,
  resource,
  scope,
} from './authorization.ts';

let provider: IdentityProvider;
let organizations: string;
beforeAll(async () => {
  provider = await startIdentityProvider({ resource });
  organizations = `${provider.origin}/organizations/v2.0`;
});
afterAll(() => provider.stop());

test.each(['contoso', 'fabrikam'])('a person of %s gets tokens of their own directory', async (slug) => {
  const offline = { scope: `${scope} offline_access` };
  const issued = await redeem(organizations, await codeOf(organizations, `quinn@${slug}`, offline));
  expect(issued.status, issued.error_description).toBe(200);
  expect(decodeJwt(issued.access_token).iss).toBe(provider.issuerOf(slug));
  const again = await requestToken(organizations, {
    grant_type: 'refresh_token',
    client_id: decodeJwt(issued.access_token).azp as string,
    refresh_token: issued.refresh_token,
  });
  expect(decodeJwt(again.access_token).iss).toBe(provider.issuerOf(slug));
});

test('who does not say who they are is asked for their organisation', async () => {
  const page = await fetch(authorizationUrl(organizations));
  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
  const links = [...(await page.text()).matchAll(/<a href="([^"]+)">([^<]+)</g)];
  expect(links.map(([, , name]) => name)).toEqual(provider.tenants.map(({ displayName }) => displayName));
  const [, address = ''] = links[0] ?? [];
  const signIn = await fetch(
    new URL(
      address.replaceAll(/&#(\d+);/g, (_, code) => String.fromCharCode(code)),
      provider.origin,
    ),
    {
      redirect: 'manual',
    },
  );
  expect(signIn.headers.get('location')).toContain(`/${provider.tenants[0]?.tid}/sign-in/`);
});

test('a code that no directory gave is refused, and so is an application without a directory', async () => {
  expect(await redeem(organizations, 'x'.repeat(43))).toMatchObject({ status: 400, error: 'invalid_grant' });
  expect(await clientCredentials(organizations)).toMatchObject({
    status: 400,
    error_description: expect.stringContaining('name the directory'),
  });
});

test('the proxy signs people of either directory in to a tenant that has two', async () => {
  const both = () => ['contoso', 'fabrikam'].flatMap((slug) => localTenant(slug).tenantIds);
  const world = await startProxyWorld({}, (slug) =>
    slug === 'contoso' ? both() : [both().reverse()[0] ?? ''],
  );
  const base = `${world.origin}/contoso-mcp`;
  const client = await register(base);
  for (const slug of ['contoso', 'fabrikam']) {
    const browser = newBrowser();
    const asked = await browser.open(authorizeUrl(base, client, { login_hint: `quinn@${slug}` }));
    const code = answered(await browser.submit(asked, { decision: 'allow' })).get('code') ?? '';
    const { status, body } = await redeemAtProxy(base, client, code);
    expect(status, body.error_description).toBe(200);
    expect(decodeJwt(body.access_token).iss).toBe(world.provider.issuerOf(slug));
    const again = await refresh(base, client, body.refresh_token);
    expect(decodeJwt(again.body.access_token).iss).toBe(world.provider.issuerOf(slug));
  }
  await world.close();
});
