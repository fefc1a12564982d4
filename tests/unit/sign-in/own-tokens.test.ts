import { decodeJwt, decodeProtectedHeader } from 'jose';
import { describe, expect, it } from 'vitest';
import { ownTokenLifetime } from '#platform/sign-in/tokens/own-tokens';
import { acme, issued, issuedAt, later, origin, other, verify, world } from './own-tokens-world.ts';

describe('an access token of our own', () => {
  it('says whom it stands for, in the shape of RFC 9068', async () => {
    const token = await issued();
    expect(decodeProtectedHeader(token)).toEqual({
      alg: 'ES256',
      typ: 'at+jwt',
      kid: world().keys.jwks.keys[0]?.kid,
    });
    const seconds = issuedAt.getTime() / 1_000;
    expect(decodeJwt(token)).toEqual({
      iss: acme.base,
      aud: `${acme.base}/mcp`,
      sub: 'person-1',
      tenant: 'acme',
      client_id: 'client-1',
      roles: ['Things.Writer'],
      scope: 'mcp.access',
      tid: 'directory of acme',
      oid: 'person-1',
      azp: 'client-1',
      scp: 'mcp.access',
      jti: expect.stringMatching(/^[0-9a-f-]{36}$/),
      iat: seconds,
      exp: seconds + ownTokenLifetime,
    });
  });

  it('ends in a principal of its tenant, on every instance', async () => {
    const token = await issued();
    expect(await verify(token)).toEqual({
      tenant: 'acme',
      user: 'directory of acme:person-1',
      application: 'client-1',
      actor: 'person',
      roles: ['writer'],
      permissions: new Set(['things.write']),
      token: decodeJwt(token).jti,
      expiresAt: issuedAt.getTime() / 1_000 + ownTokenLifetime,
    });
  });

  it('that an agent asked for in somebody’s name says so', async () => {
    const token = await issued({ forAgent: true });
    expect(decodeJwt(token).act).toEqual({ sub: 'client-1' });
    expect(await verify(token)).toMatchObject({
      actor: 'agent_for_person',
      user: 'directory of acme:person-1',
    });
  });

  it('is good for ten minutes', async () => {
    const token = await issued();
    await expect(verify(token, { now: later(600) })).resolves.toMatchObject({ tenant: 'acme' });
    await expect(verify(token, { now: later(661) })).rejects.toMatchObject({ reason: 'expired' });
  });

  it('is good for the one endpoint that it names', async () => {
    const token = await issued();
    await expect(verify(token, {}, `${origin}/mcp`)).resolves.toBeDefined(); // a gateway may take the route away
    await expect(verify(token, {}, `${acme.base}/agentic/mcp`)).rejects.toMatchObject({ reason: 'audience' });
    const foreign = await issued({ resource: 'https://elsewhere.example/mcp' });
    await expect(verify(foreign)).rejects.toMatchObject({ reason: 'audience' });
  });

  it('of one tenant is none of another', async () => {
    const claims = await issued({ site: other, issuer: acme.base });
    await expect(verify(claims)).rejects.toMatchObject({ reason: 'tenant' });
    const audience = await issued({ resource: `${other.base}/mcp` });
    await expect(verify(audience)).rejects.toMatchObject({ reason: 'audience' });
  });

  it('comes from an application that may call', async () => {
    await expect(verify(await issued(), { applications: ['client-1'] })).resolves.toBeDefined();
    await expect(verify(await issued(), { applications: ['client-2'] })).rejects.toMatchObject({
      reason: 'application',
    });
  });

  it('grants nothing without a role', async () => {
    const principal = await verify(await issued({ roles: [] }));
    expect(principal).toMatchObject({ roles: [], permissions: new Set() });
  });
});
