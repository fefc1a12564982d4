import { type Place, WebBrowser } from '#emulators/lib/web-browser';
import type { FromGateway } from '#platform/identity/gateway-key';
import { tenantSites } from '#platform/settings';
import { nothingFurther } from '#platform/sign-in/further';
import { ownKeys } from '#platform/sign-in/keys/own-key';
import type { ProxyOptions } from '#platform/sign-in/options';
import { type ProxyDependencies, proxyProvider } from '#platform/sign-in/proxy/proxy';
import type { SignedIn } from '#platform/sign-in/records';
import { signInService } from '#platform/sign-in/serve';
import { signInStores } from '#platform/storage/sign-in-store';
import { apiApp, proxyApp } from '../../../emulators/identity/directory.ts';
import { type IdentityProvider, startIdentityProvider } from '../../../emulators/identity/provider.ts';
import { localTenant } from '../../../emulators/identity/tenants.ts';
import { freshTenant, testStorage } from '../../support/azurite.ts';
import { serveHttp } from '../../support/serve-http.ts';

/** The authorization servers of two tenants, each request answered by another instance than the one before. */
export interface ProxyWorld {
  readonly provider: IdentityProvider;
  /** Without a slash at the end; the tenants' routes come after it. */
  readonly origin: string;
  /** Tokens that were put on record. */
  readonly records: SignedIn[];
  /** Messages of the log, with their reasons. */
  readonly lines: string[];
  /** What the next instances know, or the next of one of the two; changed while people sign in. */
  change(changes: WorldChanges, at?: 0 | 1): void;
  close(): Promise<void>;
}

export type WorldChanges = Partial<ProxyOptions> &
  Partial<Pick<ProxyDependencies, 'allowedClients' | 'reach' | 'now'>> & {
    readonly fromGateway?: FromGateway;
  };

export const secret = 's'.repeat(32);

/** @param tenantIdsOf the directories of a tenant */
export async function startProxyWorld(
  changes: WorldChanges = {},
  tenantIdsOf: (slug: 'contoso' | 'fabrikam') => readonly string[] = (slug) => localTenant(slug).tenantIds,
): Promise<ProxyWorld> {
  const provider = await startIdentityProvider();
  const storage = await testStorage();
  const records: SignedIn[] = [];
  const lines: string[] = [];
  const tenants = (['contoso', 'fabrikam'] as const).map((slug) => ({
    slug: freshTenant(),
    displayName: slug === 'contoso' ? 'Contoso & Sons' : 'Fabrikam',
    tenantIds: tenantIdsOf(slug),
    route: `${slug}-mcp`,
  }));
  let current = [changes, changes];
  let instances: ReturnType<typeof signInService>[] = [];
  let requests = 0;
  const server = await serveHttp(async (request) => {
    requests += 1;
    const instance = instances[requests % instances.length];
    if (instance === undefined) {
      throw new Error('No instance runs.');
    }
    return new URL(request.url).pathname.includes('/.well-known/')
      ? await instance.serverMetadata(request)
      : await instance.operation(request);
  });
  const origin = `http://127.0.0.1:${server.port}`;
  const sites = tenantSites({ publicBaseUrl: origin, tenants });
  const start = (own: WorldChanges) => {
    const { fromGateway = () => true, allowedClients = [], now = () => new Date(), reach, ...options } = own;
    const logger = {
      log: (_level: string, message: string, fields: object = {}) =>
        void lines.push(`${message} ${'reason' in fields ? fields.reason : ''}`.trim()),
    };
    const made = {
      clientId: proxyApp.clientId,
      clientSecrets: [proxyApp.secret] as const,
      secrets: [secret] as const,
    };
    const whole: ProxyOptions = { way: 'proxy', registration: true, redirects: [], ...made, ...options };
    return signInService({
      provider: proxyProvider({
        options: whole,
        authority: provider.origin,
        identifier: `api://${apiApp.clientId}`,
        scope: apiApp.scope,
        keys: ownKeys(whole.secrets),
        further: nothingFurther,
        allowedClients,
        sites,
        storeOf: signInStores(storage),
        records: { signedIn: (entry) => void records.push(entry) },
        now,
        logger,
        reach,
      }),
      sites,
      allowedHosts: ['127.0.0.1', 'localhost', '[::1]'],
      fromGateway,
      refused: ({ reason }) => void lines.push(reason),
      logger,
    });
  };
  instances = current.map(start);
  return {
    provider,
    origin,
    records,
    lines,
    change(more, only) {
      current = current.map((own, at) => (only === undefined || only === at ? { ...own, ...more } : own));
      instances = current.map(start);
    },
    async close() {
      await server.close();
      await provider.stop();
    },
  };
}

export const redirectUri = 'http://127.0.0.1:7997/callback';
export const newBrowser = () => new WebBrowser((url) => url.href.startsWith(redirectUri));

/** A PKCE pair (RFC 7636 appendix B). */
export const pkce = {
  verifier: 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk',
  challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
};

/** Registers a client, and answers its id. */
export async function register(base: string, metadata: object = {}): Promise<string> {
  const response = await fetch(`${base}/oauth/register`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ redirect_uris: [redirectUri], client_name: 'A client', ...metadata }),
  });
  const body = (await response.json()) as { client_id?: string };
  if (body.client_id === undefined) {
    throw new Error(JSON.stringify(body));
  }
  return body.client_id;
}

/** The address that a client sends a browser to. */
export function authorizeUrl(
  base: string,
  clientId: string,
  changes: Record<string, string | undefined> = {},
): URL {
  const url = new URL(`${base}/oauth/authorize`);
  const parameters: Record<string, string | undefined> = {
    response_type: 'code',
    client_id: clientId,
    redirect_uri: redirectUri,
    state: 'the client’s own',
    code_challenge: pkce.challenge,
    code_challenge_method: 'S256',
    resource: `${base}/mcp`,
    scope: apiApp.scope,
    login_hint: base.includes('fabrikam') ? 'quinn@fabrikam' : 'quinn@contoso',
    ...changes,
  };
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined) {
      url.searchParams.set(name, value);
    }
  }
  return url;
}

/** Signs in with a browser of one's own, and answers the code. */
export async function codeFor(
  base: string,
  clientId: string,
  changes: Record<string, string> = {},
): Promise<string> {
  const browser = newBrowser();
  const asked = await browser.open(authorizeUrl(base, clientId, changes));
  return answered(await browser.submit(asked, { decision: 'allow' })).get('code') ?? '';
}

/** The parameters of an answer to the client. */
export function answered({ page, url, status }: Place): URLSearchParams {
  if (page !== undefined) {
    throw new Error(`No client was answered, but ${url} with ${status}: ${page}`);
  }
  return url.searchParams;
}

export interface TokenAnswer {
  readonly status: number;
  readonly body: {
    readonly access_token: string;
    readonly refresh_token: string;
    readonly error?: string;
    readonly error_description?: string;
  } & Record<string, unknown>;
}

export async function post(
  base: string,
  operation: string,
  form: Record<string, string>,
): Promise<TokenAnswer> {
  const response = await fetch(`${base}/oauth/${operation}`, {
    method: 'POST',
    body: new URLSearchParams(form),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? {} : JSON.parse(text) };
}

/** Redeems a code. */
export function redeem(base: string, clientId: string, code: string, changes: Record<string, string> = {}) {
  return post(base, 'token', {
    grant_type: 'authorization_code',
    client_id: clientId,
    redirect_uri: redirectUri,
    code,
    code_verifier: pkce.verifier,
    ...changes,
  });
}

export function refresh(base: string, clientId: string, token: string, changes: Record<string, string> = {}) {
  return post(base, 'token', {
    grant_type: 'refresh_token',
    client_id: clientId,
    refresh_token: token,
    ...changes,
  });
}

/** The same, and a client that has registered at the first tenant, whose address is `base`. */
export async function startWithClient(): Promise<{ world: ProxyWorld; base: string; client: string }> {
  const world = await startProxyWorld();
  const base = `${world.origin}/contoso-mcp`;
  return { world, base, client: await register(base) };
}
