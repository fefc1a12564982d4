import { decodeJwt, UnsecuredJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { readClaims } from '#platform/identity/claims';
import { enterpriseApp } from '../../emulators/identity/enterprise-app.ts';
import { base, provider, target, useEnterprise } from './enterprise-world.ts';
import { assertion, claimsWith, list, redeem } from './identity-assertion-requests.ts';

useEnterprise();

describe('an assertion buys no token', () => {
  const hour = 3_600;
  const now = Math.floor(Date.now() / 1_000);

  it.each<[string, () => Promise<string>]>([
    [
      'of another organisation’s issuer',
      () => assertion({ iss: provider.issuerOf('fabrikam') }, { by: 'fabrikam' }),
    ],
    ['of a stranger’s, in our issuer’s name', () => assertion({}, { by: 'stranger' })],
    ['for another resource', () => assertion({ resource: `${base('fabrikam')}/mcp` })],
    ['for another authorization server', () => assertion({ aud: base('fabrikam') })],
    ['for another client', () => assertion({ client_id: 'another' })],
    ['that has expired', () => assertion({ iat: now - 2 * hour, exp: now - hour })],
    ['that lives for ever', () => assertion({ exp: now + 10 * 365 * 24 * hour })],
    ['without our scope', () => assertion({ scope: 'calendar.read' })],
    ['that is an ID token', () => assertion({}, { typ: 'JWT' })],
    ['that nobody signed', async () => new UnsecuredJWT(claimsWith({})).encode()],
  ])('%s', async (_what, make) => {
    expect(await redeem(await make())).toMatchObject({ status: 400, error: 'invalid_grant' });
  });

  it('a second time, on another instance', async () => {
    const once = await assertion();
    expect(await redeem(once)).toMatchObject({ status: 200 });
    expect(await redeem(once)).toMatchObject({ status: 400, error: 'invalid_grant' });
  });

  it('twice, when both come at once', async () => {
    const once = await assertion();
    const statuses = (await Promise.all([redeem(once), redeem(once)])).map(({ status }) => status);
    expect(statuses.sort()).toEqual([200, 400]);
  });

  it('for a client that does not prove who it is', async () => {
    const wrong = await redeem(await assertion(), { client_secret: 'a guess' });
    expect(wrong).toMatchObject({ status: 401, error: 'invalid_client' });
  });

  it('where the organisation has no identity provider for it', async () => {
    const foreign = await assertion({ aud: base('fabrikam'), resource: `${base('fabrikam')}/mcp` });
    expect(await redeem(foreign, {}, 'fabrikam')).toMatchObject({ error: 'unsupported_grant_type' });
  });
});

describe('the token of an assertion', () => {
  it('has no more scopes and roles than were given, whatever is asked for', async () => {
    const { access_token: token = '', scope } = await redeem(
      await assertion({ roles: ['security'], groups: ['admins', 'security'] }),
      { scope: 'mcp.access security offline_access' },
    );
    expect(scope).toBe('mcp.access');
    expect(await (await list(token)).text()).toContain('"tools":[]');
    expect(decodeJwt(token)).toMatchObject({ roles: [], scope: 'mcp.access' });
  });

  it('is that of an agent where the assertion names one who acts', async () => {
    const { access_token: token = '' } = await redeem(await assertion({ act: { sub: 'an agent' } }));
    expect(readClaims(decodeJwt(token))).toMatchObject({ actor: 'agent_for_person' });
    expect((await list(token)).status).toBe(200);
  });

  it('opens the one address that it was given for', async () => {
    const { access_token: token = '' } = await redeem(await assertion());
    expect((await list(token)).status).toBe(200);
    expect((await list(token, `${base('contoso')}/agentic/mcp`)).status).toBe(401);
    expect((await list(token, `${base('fabrikam')}/mcp`)).status).toBe(403);
  });

  it('is not taken for an assertion, nor the assertion for it', async () => {
    const made = await assertion();
    expect((await list(made)).status).toBe(401);
    const { access_token: token = '' } = await redeem(made);
    expect(await redeem(token)).toMatchObject({ status: 400, error: 'invalid_grant' });
  });
});

it('no assertion, token or secret is in the log', async () => {
  const made = await assertion();
  const { access_token: token = '' } = await redeem(made);
  await redeem(made);
  const log = target.logLines.join('\n');
  expect(log).toContain('signed in');
  for (const secret of [made, token, enterpriseApp.secret, 'a-person']) {
    expect(log).not.toContain(secret);
  }
});
