import { describe, expect, it } from 'vitest';
import { gatewayKeyHeader } from '#platform/identity/gateway-key';
import { OAuthProblem } from '#platform/sign-in/http/oauth-problem';
import type { Operation } from '#platform/sign-in/provider';
import { ask, failing, refusals, serviceOf, two } from './served-sites.ts';

const slugOf: Operation = {
  audience: 'any-origin',
  GET: async ({ site }) => Response.json({ slug: site.slug }),
};

describe('an operation', () => {
  it('is served for the tenant whose route the path begins with', async () => {
    const { operation } = serviceOf({ who: slugOf });
    expect(await (await operation(ask('/fabrikam-mcp/oauth/who'))).json()).toEqual({ slug: 'fabrikam' });
  });

  it('is served without a route where there is one tenant only', async () => {
    const { operation } = serviceOf({ who: slugOf }, two.slice(0, 1));
    expect(await (await operation(ask('/oauth/who'))).json()).toEqual({ slug: 'contoso' });
  });

  it.each([
    '/oauth/who',
    '/other-mcp/oauth/who',
    '/contoso-mcp/oauth/what',
    '/contoso-mcp/oauth/constructor',
  ])('is not at %s', async (path) => {
    const { operation } = serviceOf({ who: slugOf });
    expect((await operation(ask(path))).status).toBe(404);
  });

  it.each([
    ['a name that is not the service’s own', { host: 'evil.example' }],
    ['a way past the gateway', { [gatewayKeyHeader]: 'wrong' }],
  ])('is refused by %s', async (_what, headers) => {
    const { operation } = serviceOf({ who: slugOf });
    expect((await operation(ask('/contoso-mcp/oauth/who', { headers }))).status).toBe(403);
  });

  it('for any origin can be read by any page, without cookies', async () => {
    const { operation } = serviceOf({ who: slugOf });
    const headers = { origin: 'https://page.example' };
    const preflight = await operation(ask('/contoso-mcp/oauth/who', { method: 'OPTIONS', headers }));
    expect(preflight.status).toBe(204);
    for (const response of [preflight, await operation(ask('/contoso-mcp/oauth/who', { headers }))]) {
      expect(response.headers.get('access-control-allow-origin')).toBe('*');
      expect(response.headers.get('access-control-allow-credentials')).toBeNull();
    }
  });

  it('leaves pages to a gateway that does not hand their origin on', async () => {
    const response = await serviceOf({ who: slugOf }).operation(ask('/contoso-mcp/oauth/who'));
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
    expect(response.headers.get('vary')).toBe('Origin');
  });

  it('for browsers can be read by no other page', async () => {
    const { operation } = serviceOf({ page: { ...slugOf, audience: 'browser' } });
    const response = await operation(
      ask('/contoso-mcp/oauth/page', { headers: { origin: 'https://evil.example' } }),
    );
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
    expect((await operation(ask('/contoso-mcp/oauth/page', { method: 'OPTIONS' }))).status).toBe(405);
  });

  it('says which methods it has', async () => {
    const response = await serviceOf({ who: slugOf }).operation(
      ask('/contoso-mcp/oauth/who', { method: 'PUT' }),
    );
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('GET');
  });
});

describe('a request that is refused', () => {
  it.each([
    ['its host', ask('/contoso-mcp/oauth/who', { headers: { host: 'evil.example' } }), 'wrong_host'],
    [
      'its way',
      ask('/contoso-mcp/oauth/who', { headers: { [gatewayKeyHeader]: 'wrong' } }),
      'not_from_gateway',
    ],
    ['what is wrong with it', ask('/contoso-mcp/oauth/fail'), 'sign_in:invalid_grant'],
  ])('is on record with %s', async (_what, request, reason) => {
    const problem = new OAuthProblem('invalid_grant', 'Sign in again.');
    await serviceOf({ who: slugOf, fail: failing(problem) }).operation(request);
    expect(refusals.at(-1)).toBe(reason);
  });

  it('is told to the client where the problem says where that is', async () => {
    const problem = new OAuthProblem(
      'access_denied',
      'No.',
      400,
      'https://client.example/callback?error=access_denied',
    );
    const response = await serviceOf({ fail: failing(problem, 'browser') }).operation(
      ask('/contoso-mcp/oauth/fail'),
    );
    expect(response.status).toBe(303);
    expect(response.headers.get('location')).toBe('https://client.example/callback?error=access_denied');
    expect(refusals.at(-1)).toBe('sign_in:access_denied');
  });

  it('because of too much or too little says when to come again', async () => {
    const retryAfter = async (status: number) => {
      const problem = new OAuthProblem('temporarily_unavailable', 'Later.', status);
      const response = await serviceOf({ fail: failing(problem) }).operation(ask('/contoso-mcp/oauth/fail'));
      return response.headers.get('retry-after');
    };
    expect([await retryAfter(429), await retryAfter(503)]).toEqual(['60', '5']);
  });
});
