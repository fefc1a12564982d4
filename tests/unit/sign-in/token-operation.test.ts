import { describe, expect, it } from 'vitest';
import { tenantId } from '#platform/identity/tenant';
import { tokenOperation } from '#platform/sign-in/tokens/token-operation';

const site = {
  slug: tenantId('acme'),
  displayName: 'Acme',
  tenantIds: [],
  route: undefined,
  base: 'https://mcp.example.com',
  resources: [],
};
const token = { access_token: 'a', token_type: 'Bearer', expires_in: 600, scope: 'mcp.access' } as const;
const { audience, POST } = tokenOperation({
  'urn:one': async ({ form }) => ({ ...token, scope: form.get('x') ?? '' }),
});

async function post(form: Record<string, string>): Promise<unknown> {
  const request = new Request('https://mcp.example.com/oauth/token', {
    method: 'POST',
    body: new URLSearchParams(form),
  });
  return await (await POST?.({ request, site, correlationId: 'id' }))?.json();
}

describe('the token endpoint', () => {
  it('is for clients of any origin', () => {
    expect(audience).toBe('any-origin');
  });

  it('answers the grant types that there are', async () => {
    expect(await post({ grant_type: 'urn:one', x: 'y' })).toEqual({ ...token, scope: 'y' });
  });

  it.each(['urn:other', 'constructor', 'toString'])('knows no grant type %s', async (grant_type) => {
    await expect(post({ grant_type })).rejects.toMatchObject({ error: 'unsupported_grant_type' });
  });

  it('wants one', async () => {
    await expect(post({ x: 'y' })).rejects.toMatchObject({ error: 'invalid_request' });
  });
});
