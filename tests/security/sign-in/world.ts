import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Reach } from '#platform/sign-in/clients/guarded-fetch';
import { apiApp, proxyApp } from '../../../emulators/identity/directory.ts';
import { type IdentityProvider, startIdentityProvider } from '../../../emulators/identity/provider.ts';
import { localTenant } from '../../../emulators/identity/tenants.ts';
import type { App } from '../../../shared/app.ts';
import { type Authority, startAuthority } from '../../support/authority.ts';
import { type DocumentsServer, serveDocuments } from '../../support/documents-server.ts';
import { type HttpServer, serveHttp } from '../../support/serve-http.ts';
import { answerOf } from '../../support/whole-app.ts';
import type * as productItself from './product.ts';

export type Product = typeof productItself;

/** First segments of the two tenants' addresses. */
export const routes = { contoso: 'contoso-mcp', fabrikam: 'fabrikam-mcp' } as const;
export type TenantName = keyof typeof routes;

/** Name under which documents about clients are found, and the one that stands for a host inside. */
export const documentHost = 'client.example';

/** Settings of the attacked service that an attack may want to know. */
export const signingKey = 'a secret of the tests that has more than 32 bytes';

export interface Instance {
  readonly app: App;
  /** Everything that it answers over HTTP. */
  answer(request: Request): Promise<Response>;
}

/** What stays the same whichever product is attacked. */
export interface Surroundings {
  readonly provider: IdentityProvider;
  /** Signs identity assertions of any issuer. */
  readonly authority: Authority;
  readonly documents: DocumentsServer;
  /** What the server of documents answers. */
  answerDocument: (request: IncomingMessage, response: ServerResponse) => void;
  /** How addresses of documents are looked up and judged; an attack may put another in its place. */
  reach: Pick<Reach, 'resolve' | 'allows'>;
  readonly origin: string;
  /** The service that answers there. */
  serving: (request: Request) => Promise<Response>;
  readonly dataStorage: string;
  /** Seconds by which the service's clock is ahead. */
  ahead: number;
  stop(): Promise<void>;
}

/**
 * The service under attack, as two instances on the same storage behind one address: every request goes to another one than
 * the request before. With it a real identity provider, a server of documents and the issuer of an enterprise.
 */
export interface World extends Surroundings {
  readonly product: Product;
  readonly slugs: Readonly<Record<TenantName, string>>;
  readonly logLines: readonly string[];
  /** One more instance, with these settings on top. */
  instance(env?: Readonly<Record<string, string>>): Promise<Instance>;
}

export async function startSurroundings(dataStorage: string): Promise<Surroundings> {
  const [provider, authority] = await Promise.all([startIdentityProvider(), startAuthority()]);
  const documents = await serveDocuments([documentHost, 'inside.example'], (request, response) =>
    surroundings.answerDocument(request, response),
  );
  const server: HttpServer = await serveHttp((request) => surroundings.serving(request));
  const nothingThere = (_: IncomingMessage, response: ServerResponse) => void response.writeHead(404).end();
  const surroundings: Surroundings = {
    provider,
    authority,
    documents,
    answerDocument: nothingThere,
    reach: documents.reach,
    origin: `http://127.0.0.1:${server.port}`,
    serving: async () => new Response(null, { status: 503 }),
    dataStorage,
    ahead: 0,
    async stop() {
      await Promise.all([server.close(), documents.close(), authority.stop(), provider.stop()]);
    },
  };
  return surroundings;
}

/** Starts two instances of a product at the surroundings' address. */
export async function startWorld(surroundings: Surroundings, product: Product): Promise<World> {
  const logLines: string[] = [];
  const slugs = { contoso: newSlug(), fabrikam: newSlug() };
  const now = () => new Date(Date.now() + surroundings.ahead * 1_000);
  const logger = product.createLogger('debug', now, (line) => logLines.push(line));
  const reach: Reach = {
    ...surroundings.documents.reach,
    resolve: (host) => surroundings.reach.resolve(host),
    allows: (address) => surroundings.reach.allows(address),
  };
  const instance = async (env: Readonly<Record<string, string>> = {}): Promise<Instance> => {
    const settings = product.readSettings({ ...environmentOf(surroundings, slugs), ...env });
    const app = await product.createApp({ settings, logger, now, reach });
    return { app, answer: (request) => answerOf(app, request) };
  };
  const instances = [await instance(), await instance()] as const;
  let requests = 0;
  surroundings.serving = (request) => instances[requests++ % 2 === 0 ? 0 : 1].answer(request);
  return Object.assign(surroundings, { product, slugs, logLines, instance });
}

/**
 * Moves the service's clock to the beginning of a minute in which nobody has asked for anything: what is counted by the
 * minute starts at 1, and the next minute is as far away as it can be.
 */
export function toNewMinute(world: World, hours: number): void {
  world.ahead = hours * 3_600 + 60 - ((Date.now() / 1_000) % 60);
}

/** As it is before every attack. */
export function asBefore(world: World): void {
  world.ahead = 0;
  world.reach = world.documents.reach;
  world.answerDocument = (_, response) => void response.writeHead(404).end();
}

function environmentOf(
  { provider, authority, dataStorage, origin }: Surroundings,
  slugs: World['slugs'],
): Record<string, string> {
  return {
    AZURE_FUNCTIONS_ENVIRONMENT: 'Development',
    DATA_STORAGE: dataStorage,
    AUTH_MODE: 'jwt',
    AUTHORITY: provider.origin,
    MCP_API_AUDIENCE: apiApp.clientId,
    STATE_SIGNING_KEY: signingKey,
    PUBLIC_BASE_URL: origin,
    SIGN_IN: 'proxy',
    SIGN_IN_CLIENT_ID: proxyApp.clientId,
    SIGN_IN_CLIENT_SECRET: proxyApp.secret,
    TENANTS: JSON.stringify(
      (['contoso', 'fabrikam'] as const).map((name) => ({
        slug: slugs[name],
        displayName: localTenant(name).displayName,
        tenantIds: localTenant(name).tenantIds,
        route: routes[name],
        enterprise: [enterpriseOf(name, authority)],
      })),
    ),
  };
}

/** The identity provider of an organisation, which vouches for its people. */
export function enterpriseOf(tenant: TenantName, { url }: Pick<Authority, 'url'>) {
  const id = localTenant(tenant).tenantIds[0];
  return {
    issuer: `${url}/${id}`,
    jwksUri: `${url}/${id}/discovery/v2.0/keys`,
    clients: [{ id: 'an-assistant' }, { id: 'another-assistant' }],
    roles: { claim: 'groups', values: { readers: ['query'] } },
  };
}

const newSlug = () => `t${randomBytes(8).toString('hex')}`;
