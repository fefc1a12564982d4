import { tenantId } from '#platform/identity/tenant';
import { type Code, openCodes } from '#platform/sign-in/proxy/codes';
import { proxyGrantTypes } from '#platform/sign-in/proxy/grant-types';
import type { ProxyParts } from '#platform/sign-in/proxy/parts';
import { openRefreshTokens, type RefreshToken } from '#platform/sign-in/proxy/refresh-tokens';
import type { Upstream, UpstreamTokens } from '#platform/sign-in/proxy/upstream';
import type { SignedIn } from '#platform/sign-in/records';
import type { TenantSite } from '#platform/sign-in/tenant-site';
import type { SignInStore } from '#platform/storage/sign-in-store';

export const secrets = ['s'.repeat(32)] as const;
export const now = () => new Date('2026-11-28T12:00:00Z');
export const verifier = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
export const challenge = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM';
export const redirect = 'http://127.0.0.1/cb';

export const site: TenantSite = {
  slug: tenantId('acme'),
  displayName: 'Acme',
  tenantIds: ['directory-1', 'directory-2'],
  route: undefined,
  base: 'https://mcp.example.com',
  resources: ['https://mcp.example.com/mcp'],
};

export const tokens: UpstreamTokens = {
  accessToken: 'a.b.c',
  refreshToken: 'theirs',
  expiresIn: 3_600,
  user: 'directory-1:someone',
  tid: 'directory-1',
  tokenId: 'uti',
};

/** One instance, with an identity provider that answers as told. */
export function world(answer: () => Promise<UpstreamTokens>) {
  const used = new Map<string, number>();
  const ended = new Set<string>();
  const records: SignedIn[] = [];
  const store: SignInStore = {
    useOnce: async (kind, id) => !used.has(`${kind}:${id}`) && used.set(`${kind}:${id}`, 0).size > 0,
    isUnused: async (family, generation) => !ended.has(family) && (used.get(family) ?? 0) < generation,
    use: async (family, generation) =>
      (await store.isUnused(family, generation)) && used.set(family, generation).size > 0,
    end: async (family) => void ended.add(family),
    cleanUp: async () => 0,
  };
  let asked = 0;
  const counted = () => {
    asked += 1;
    return answer();
  };
  const upstream: Partial<Upstream> = { redeem: counted, refresh: counted };
  const parts = {
    upstream,
    codes: openCodes(secrets, now),
    refreshTokens: openRefreshTokens(secrets, now),
    storeOf: () => store,
    records: { signedIn: (entry: SignedIn) => void records.push(entry) },
    allowedClients: [],
    scope: 'mcp.access',
    now,
    logger: { log: () => {} },
  } as unknown as ProxyParts;
  const types = proxyGrantTypes(parts);
  const call = (form: Record<string, string>) => ({
    site,
    correlationId: 'the-id',
    request: new Request('https://mcp.example.com/oauth/token'),
    form: new Map(Object.entries({ client_id: 'client', ...form })),
  });
  const sealedCode = (changes: Partial<Code> = {}) =>
    parts.codes.seal(
      {
        id: 'code',
        tenant: site.slug,
        client: 'client',
        redirect,
        challenge,
        resource: 'https://mcp.example.com/mcp',
        family: 'family',
        upstream: { code: 'theirs', verifier: 'ours', callback: 'https://mcp.example.com/oauth/callback' },
        ...changes,
      },
      60,
    );
  return {
    records,
    store,
    asked: () => asked,
    redeem: async (changes: Partial<Code> = {}) =>
      types.authorization_code(
        call({ code: await sealedCode(changes), redirect_uri: redirect, code_verifier: verifier }),
      ),
    sealRefreshToken: (changes: Partial<RefreshToken> = {}) =>
      parts.refreshTokens.seal(
        {
          tenant: site.slug,
          client: 'client',
          resource: 'https://mcp.example.com/mcp',
          family: 'family',
          generation: 1,
          upstream: 'theirs',
          ...changes,
        },
        60,
      ),
    refresh: (refresh_token: string) => types.refresh_token(call({ refresh_token })),
  };
}
