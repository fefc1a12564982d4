import http from 'node:http';
import { type AddressInfo, isIPv6 } from 'node:net';
import type { JWTHeaderParameters, JWTPayload } from 'jose';
import type { Environment } from '#platform/settings/read';
import { readWhere } from '#platform/settings/where';
import { dropUnreadBody } from '../http/unread-body.ts';
import { listenError } from '../lib/port-taken.ts';
import { type DirectoryTenant, directory } from './directory.ts';
import { Issuer } from './issuer.ts';
import { keepIn } from './kept.ts';
import type { MetadataForm } from './metadata.ts';
import { type Documents, directories, organizations } from './organizations.ts';
import { IdentifierUris } from './resources.ts';
import { answer } from './site.ts';

export interface IdentityProviderOptions {
  /** 0 (the default) takes a free one. */
  readonly port?: number;
  /** A loopback address; 127.0.0.1 is the default. */
  readonly address?: string;
  /** Identifier URIs of the API, which are also what its metadata (RFC 9728) names as `resource`. */
  readonly resource?: string | readonly string[];
  /** File in which signing keys, grants and refresh tokens outlive a restart; without it, each start has new ones. */
  readonly keep?: string;
  /** Entra's by default: whoever can sign in here must be able to sign in there. */
  readonly metadata?: MetadataForm;
  /** Where the start looks for signs of Azure. */
  readonly env?: Environment;
}

export interface IdentityProvider {
  /** Address without a path; what the service calls its authority. */
  readonly origin: string;
  readonly tenants: readonly DirectoryTenant[];
  /** The `iss` of a tenant's v2 tokens, which is also its authorization server's address. */
  issuerOf(slug: string): string;
  /**
   * Registers one more identifier URI, for a service whose address is known only later.
   * @throws Error when it is not an absolute URI, or ends in a slash
   */
  addResource(uri: string): void;
  /** Signs with a new key from now on. The old one stays published, and its tokens valid, until `retireOldKeys`. */
  rotateKeys(slug: string): Promise<void>;
  /** Withdraws the keys that were in use before the last rotation. */
  retireOldKeys(slug: string): void;
  /** Signs any claims with the tenant's current key, true or not, for tests. `header` overrides typ, alg and kid. */
  mint(
    slug: string,
    claims: JWTPayload,
    options?: { header?: Partial<JWTHeaderParameters> },
  ): Promise<string>;
  stop(): Promise<void>;
}

/**
 * Starts the stand-in for Microsoft Entra ID: one issuer for each organisation of the directory, with keys of its own.
 * @throws Error when the address is not a loopback one, when the environment looks like Azure, when the port is taken
 */
export async function startIdentityProvider({
  port = 0,
  address = '127.0.0.1',
  resource = [],
  metadata = 'entra',
  keep,
  env = process.env,
}: IdentityProviderOptions = {}): Promise<IdentityProvider> {
  refuseOutsideThisMachine(address, env);
  const identifierUris = new IdentifierUris(typeof resource === 'string' ? [resource] : resource);
  const server = http.createServer();
  await listen(server, port, address);
  const host = isIPv6(address) ? `[${address}]` : address;
  const origin = `http://${host}:${(server.address() as AddressInfo).port}`;
  const keeperOf = keep === undefined ? undefined : keepIn(keep);
  const issuers = new Map(
    await Promise.all(
      directory.map(async (tenant) => {
        const keeper = keeperOf && { keeper: keeperOf(tenant.slug) };
        return [tenant.slug, await Issuer.create({ tenant, origin, identifierUris, ...keeper })] as const;
      }),
    ),
  );
  const issuerOf = (slug: string) => {
    const issuer = issuers.get(slug);
    if (issuer === undefined) {
      throw new Error(`There is no tenant "${slug}".`);
    }
    return issuer;
  };
  const byTid = new Map(directory.map(({ tid, slug }) => [tid, issuerOf(slug)]));
  const common = organizations(origin, byTid.values());
  const own = metadata === 'entra' ? directories(origin, byTid) : () => undefined;
  const documents: Documents = (pathname) => common(pathname) ?? own(pathname);
  server.on('request', (request, response) => {
    dropUnreadBody(request, response);
    void answer(request, response, { origin, issuers: byTid, documents, metadata });
  });
  return {
    origin,
    tenants: directory,
    issuerOf: (slug) => issuerOf(slug).issuer,
    addResource: (uri) => identifierUris.add(uri),
    rotateKeys: (slug) => issuerOf(slug).rotateKeys(),
    retireOldKeys: (slug) => issuerOf(slug).retireOldKeys(),
    mint: (slug, claims, { header } = {}) => issuerOf(slug).mint(claims, header),
    stop: () => close(server),
  };
}

/** Whoever can reach this provider can be anyone. */
function refuseOutsideThisMachine(address: string, env: Environment): void {
  if (!/^(localhost|::1|127\.\d+\.\d+\.\d+)$/.test(address)) {
    throw new Error(
      `The local identity provider asks for no password; it listens on 127.0.0.1 only, not on ${address}.`,
    );
  }
  if (readWhere(env).azure) {
    throw new Error('The local identity provider does not start in Azure; use Microsoft Entra ID there.');
  }
}

async function listen(server: http.Server, port: number, address: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(listenError(error, address, port)));
    server.listen(port, address, resolve);
  });
}

async function close(server: http.Server): Promise<void> {
  if (!server.listening) {
    return;
  }
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
