import { describe, expect, it } from 'vitest';
import { Unavailable } from '#platform/errors';
import { OAuthProblem } from '#platform/sign-in/http/oauth-problem';
import { ask, failing, origin, serviceOf } from './served-sites.ts';

describe('what goes wrong', () => {
  it.each([
    [new OAuthProblem('invalid_grant', 'Sign in again.'), 400, 'invalid_grant', 'Sign in again.'],
    [new Unavailable('Try again.'), 503, 'temporarily_unavailable', 'Try again.'],
    [new Error('password=hunter2'), 500, 'server_error', expect.not.stringContaining('hunter2')],
  ])('is said in the words of OAuth (%s)', async (error, status, code, sentence) => {
    const response = await serviceOf({ fail: failing(error) }).operation(ask('/contoso-mcp/oauth/fail'));
    expect(response.status).toBe(status);
    expect(await response.json()).toEqual({ error: code, error_description: sentence });
  });

  it('is a page for a person, with the id for support', async () => {
    const problem = new OAuthProblem('invalid_request', 'The <b>client</b> is unknown.');
    const { operation } = serviceOf({ fail: failing(problem, 'browser') });
    const response = await operation(ask('/contoso-mcp/oauth/fail'));
    const page = await response.text();
    expect(page).toContain('The &#60;b&#62;client&#60;/b&#62; is unknown.');
    expect(page).toContain(response.headers.get('x-correlation-id'));
    expect(response.headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; style-src 'sha256-[^']+'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'$/,
    );
  });
});

describe('the metadata of a tenant', () => {
  it.each([
    '/.well-known/oauth-authorization-server/fabrikam-mcp',
    '/.well-known/openid-configuration/fabrikam-mcp',
    '/fabrikam-mcp/.well-known/openid-configuration',
    '/fabrikam-mcp/.well-known/oauth-authorization-server',
  ])('is at %s', async (path) => {
    const headers = { origin: 'https://page.example' };
    const response = await serviceOf({}).serverMetadata(ask(path, { headers }));
    expect(await response.json()).toEqual({ issuer: `${origin}/fabrikam-mcp` });
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
  });

  it.each([
    '/.well-known/oauth-authorization-server',
    '/.well-known/oauth-authorization-server/other-mcp',
    '/.well-known/oauth-authorization-server/fabrikam-mcp/more',
    '/.well-known/openid-configuration-of/fabrikam-mcp',
  ])('is not at %s', async (path) => {
    expect((await serviceOf({}).serverMetadata(ask(path))).status).toBe(404);
  });
});
