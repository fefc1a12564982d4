import { UnsecuredJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { permissionTable } from '#contoso/access/roles';
import { openRoles } from '#platform/access/roles';
import { Forbidden, Unauthenticated } from '#platform/identity/authenticator';
import { disabledAuth, passthroughAuth } from '#platform/identity/development';
import { tenantId } from '#platform/identity/tenant';

const tid = 'f0000000-0000-4000-8000-000000000002';
const options = {
  tenants: [
    { slug: tenantId('contoso'), tenantIds: ['c0000000-0000-4000-8000-000000000001'] },
    { slug: tenantId('fabrikam'), tenantIds: [tid] },
  ],
  roles: openRoles(permissionTable),
  defaultRoles: ['query'],
};

const request = (authorization?: string) =>
  new Request('http://localhost/mcp', { headers: authorization === undefined ? {} : { authorization } });
const bearer = (claims: Record<string, unknown>) => request(`Bearer ${new UnsecuredJWT(claims).encode()}`);

describe('passthrough', () => {
  const authenticate = passthroughAuth(options);

  it('reads the claims of a JWT without checking it', async () => {
    const principal = await authenticate(
      bearer({ tid: tid.toUpperCase(), oid: 'someone', roles: ['billing'] }),
    );
    expect(principal).toMatchObject({ tenant: 'fabrikam', user: `${tid}:someone`, roles: ['billing'] });
    expect(principal.permissions.has('billing.write')).toBe(true);
    expect(principal.permissions.has('customers.read')).toBe(false);
  });

  it('takes any other token for a reading developer of the first tenant', async () => {
    const principal = await authenticate(request('Bearer anything'));
    expect(principal).toMatchObject({ tenant: 'contoso', roles: ['query'] });
  });

  it.each([
    ['no roles', {}],
    ['roles as one text', { roles: 'security' }],
    ['roles as an object', { roles: { 0: 'security' } }],
    ['roles that are no texts', { roles: [1, null, ['security']] }],
  ])('grants nothing for %s', async (_what, claims) => {
    const principal = await authenticate(bearer({ tid, ...claims }));
    expect(principal.permissions.size).toBe(0);
  });

  it.each([
    ['no token', request()],
    ['an empty token', request('Bearer ')],
    ['another scheme', request('Basic c2VjcmV0')],
  ])('refuses %s', async (_what, refused) => {
    await expect(authenticate(refused)).rejects.toBeInstanceOf(Unauthenticated);
  });

  it('forbids a tenant that is not served, and does not ask its user to sign in again', async () => {
    const stranger = bearer({ tid: '99999999-0000-4000-8000-000000000009', roles: ['security'] });
    await expect(authenticate(stranger)).rejects.toBeInstanceOf(Forbidden);
    await expect(authenticate(stranger)).rejects.toMatchObject({ scope: undefined });
  });
});

describe('disabled', () => {
  it('lets everybody do everything in the first tenant', async () => {
    const principal = await disabledAuth(options)(request());
    expect(principal.tenant).toBe('contoso');
    expect(principal.permissions.has('security.write')).toBe(true);
  });
});
