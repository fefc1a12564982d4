import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startGateway } from '#emulators/gateway/gateway';
import { localNamedValues } from '#emulators/gateway/local-values';
import { policiesOf } from '#gateway/generate/policies-of';
import { type RegisteredTenant, readRegistry } from '#gateway/registry';
import { type Authority, audience, directoryId, startAuthority } from './authority.ts';
import { answerOk, type Backend, startBackend } from './backend.ts';

const keys = await generateKeyPair('ES256');
const others = await generateKeyPair('ES256');
const published = { ...(await exportJWK(keys.publicKey)), kid: 'own', alg: 'ES256', use: 'sig' };

let authority: Authority;
let backend: Backend;
let gateway: Awaited<ReturnType<typeof startGateway>>;

const registry = readRegistry();
const vouched: RegisteredTenant['enterprise'] = [
  {
    issuer: 'https://idp.example',
    jwksUri: 'https://idp.example/keys',
    clients: [{ id: 'https://client.example/metadata.json' }],
    roles: { claim: 'groups', values: { readers: ['query'] } },
  },
];

beforeAll(async () => {
  authority = await startAuthority();
  backend = await startBackend((request, response) => {
    const issuer = `${gateway.origin}/contoso-mcp`;
    const documents: Record<string, object> = {
      '/.well-known/oauth-authorization-server/contoso-mcp': { issuer, jwks_uri: `${issuer}/oauth/keys` },
      '/contoso-mcp/oauth/keys': { keys: [published] },
    };
    const document = documents[request.url ?? ''];
    return document === undefined
      ? answerOk(request, response)
      : response.setHeader('content-type', 'application/json').end(JSON.stringify(document));
  });
  gateway = await startGateway({
    policies: policiesOf({
      ...registry,
      tenants: registry.tenants.map((tenant) => ({
        ...tenant,
        signIn: 'proxy',
        ...(tenant.slug === 'contoso' && { enterprise: vouched }),
      })),
    }),
    namedValues: (origin) =>
      localNamedValues({
        origin,
        authority: authority.origin,
        audience,
        scope: 'mcp.access',
        backendKey: 'only the gateway knows',
      }),
    backends: Object.fromEntries(registry.tenants.map((tenant) => [tenant.backend, backend.origin])),
  });
});

afterAll(async () => {
  await gateway?.stop();
  await backend?.stop();
  await authority?.stop();
});

/** A token as the backend of Contoso signs them. */
function ownToken(claims: JWTPayload & Record<string, unknown> = {}, key = keys.privateKey): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  const issuer = `${gateway.origin}/contoso-mcp`;
  const subject = 'someone-of-the-enterprise';
  const usual = {
    iss: issuer,
    aud: `${issuer}/mcp`,
    sub: subject,
    oid: subject,
    tid: directoryId('contoso'),
  };
  return new SignJWT({ ...usual, iat: now, exp: now + 600, roles: ['query'], ...claims })
    .setProtectedHeader({ alg: 'ES256', kid: 'own', typ: 'at+jwt' })
    .sign(key);
}

async function call(route: string, token: string): Promise<number> {
  const response = await fetch(`${gateway.origin}/${route}/mcp`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
    body: '{}',
  });
  await response.body?.cancel();
  return response.status;
}

describe('a token that the backend of a tenant signed itself', () => {
  it('is let through where an identity provider vouches for the tenant’s people', async () => {
    expect(await call('contoso-mcp', await ownToken())).toBe(200);
  });

  it('does not stand in the way of the directory’s tokens', async () => {
    expect(await call('contoso-mcp', await authority.token('contoso', { roles: ['query'] }))).toBe(200);
  });

  it.each([
    ['signed with another key', 401, () => ownToken({}, others.privateKey)],
    ['for another service', 401, () => ownToken({ aud: 'https://else.example/mcp' })],
    ['without anybody in it', 401, () => ownToken({ oid: undefined })],
    ['of another organisation', 403, () => ownToken({ tid: directoryId('fabrikam') })],
    ['of another issuer', 403, () => ownToken({ iss: `${gateway.origin}/fabrikam-mcp` })],
  ])('is refused %s', async (_, status, token) => {
    expect(await call('contoso-mcp', await token())).toBe(status);
  });

  it('is refused at another tenant', async () => {
    expect(await call('fabrikam-mcp', await ownToken())).toBe(401);
  });
});
