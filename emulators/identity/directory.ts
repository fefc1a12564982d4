import { localData } from '#seed/deployed';
import type { LocalPerson } from '#seed/local-data';
import { type LocalTenant, localRoutes, localTenants } from './tenants.ts';

export interface DirectoryUser {
  readonly name: string;
  /** What a person types to sign in, such as `sara@contoso`. */
  readonly signInName: string;
  /** Object id: the user, within the directory. */
  readonly oid: string;
  readonly roles: readonly string[];
}

export interface DirectoryTenant {
  readonly slug: string;
  /** Directory (tenant) id. */
  readonly tid: string;
  readonly displayName: string;
  readonly users: readonly DirectoryUser[];
  /** Object id of the daemon's service principal in this directory. */
  readonly daemonOid: string;
  /** The same of the agent. */
  readonly agentOid: string;
}

/** The registration of the service itself: tokens are issued for it. */
export const apiApp = {
  /** `aud` of v2 tokens. */
  clientId: 'a0000000-0000-4000-8000-000000000001',
  /** The delegated permission that a client asks for, after an identifier URI and a slash. */
  scope: 'mcp.access',
  /** With which the service itself asks for tokens, to act for its users at other services. */
  secret: 'local-only-not-a-secret',
} as const;

/** Another API, at which the service may act for its users. Two of its scopes are never granted, each for another reason. */
export const profileApi = {
  clientId: 'a0000000-0000-4000-8000-000000000008',
  identifier: 'api://a0000000-0000-4000-8000-000000000008',
  scope: 'Profile.Read',
  scopeWithoutConsent: 'Profile.Share',
  scopeWithMoreProof: 'Profile.Secret',
} as const;

/** Paths at which usual clients wait for the code: the MCP SDK's examples, the MCP Inspector, VS Code, MSAL. */
const callbackPaths = ['/callback', '/oauth/callback', '/'];
const loopbackHosts = ['127.0.0.1', 'localhost', '[::1]'];

/** A program on the developer's machine: no secret, PKCE, any loopback port (RFC 8252 section 7.3). */
export const cliApp = {
  clientId: 'a0000000-0000-4000-8000-000000000002',
  name: 'local CLI',
  redirectUris: loopbackHosts.flatMap((host) => callbackPaths.map((path) => `http://${host}${path}`)),
} as const;

/** A program without a user. Its secret protects nothing: the keys of this provider never leave one machine. */
export const daemonApp = {
  clientId: 'a0000000-0000-4000-8000-000000000003',
  name: 'local daemon',
  secret: 'local-only-not-a-secret',
  roles: localData.daemonRoles,
} as const;

/**
 * An agent: people let it act for them, and it acts for itself. `blueprint` is the client id of the application that agents
 * like it are made from.
 */
export const agentApp = {
  clientId: 'a0000000-0000-4000-8000-000000000006',
  blueprint: 'a0000000-0000-4000-8000-000000000007',
  name: 'local agent',
  secret: 'local-only-not-a-secret',
  redirectUris: cliApp.redirectUris,
  roles: localData.daemonRoles,
} as const;

/** The service itself, where it stands between the provider and clients that the provider does not know. */
export const proxyApp = {
  clientId: 'a0000000-0000-4000-8000-000000000004',
  name: 'the MCP service',
  secret: 'local-only-not-a-secret',
  redirectUris: loopbackHosts.flatMap((host) =>
    ['', ...localRoutes.map((route) => `/${route}`)].map((base) => `http://${host}${base}/oauth/callback`),
  ),
} as const;

const daemonNumber = 99;
const agentNumber = 100;

/** Every organisation that can sign in. `stranger` is as genuine as the others; the service has not onboarded it. */
export const directory: readonly DirectoryTenant[] = [
  ...localTenants
    .filter(isFirstOfDirectory)
    .map(({ slug, tenantIds, displayName }) => tenantOf(slug, tenantIds[0], displayName, localData.staff)),
  tenantOf('stranger', 'd0000000-0000-4000-8000-000000000003', 'Stranger Industries', [localData.stranger]),
];

/** Business units of one organisation have one directory, under the name of the first. */
function isFirstOfDirectory({ tenantIds: [id] }: LocalTenant, index: number): boolean {
  return localTenants.findIndex(({ tenantIds }) => tenantIds[0] === id) === index;
}

function tenantOf(
  slug: string,
  tid: string,
  displayName: string,
  people: readonly LocalPerson[],
): DirectoryTenant {
  const users = people.map(({ name, number, roles }) => ({
    name,
    signInName: `${name}@${slug}`,
    oid: objectId(tid, number),
    roles,
  }));
  const [daemonOid, agentOid] = [objectId(tid, daemonNumber), objectId(tid, agentNumber)];
  return { slug, tid, displayName, users, daemonOid, agentOid };
}

/** The same at every start, and different in each directory. */
function objectId(tid: string, number: number): string {
  return `${tid.slice(0, 8)}-0000-4000-9000-${String(number).padStart(12, '0')}`;
}

/** Finds a user by the sign-in name or by the part before the `@`. */
export function findUser(tenant: DirectoryTenant, name: string): DirectoryUser | undefined {
  return tenant.users.find((user) => user.signInName === name || user.name === name);
}

/** Finds a user by the object id. */
export function findUserById({ users }: DirectoryTenant, oid: string | undefined): DirectoryUser | undefined {
  return users.find((user) => user.oid === oid);
}
