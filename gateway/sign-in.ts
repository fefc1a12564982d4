import type { RegisteredTenant } from './registry.ts';

/** One operation of the authorization server that a tenant's backend is, below the tenant's `/oauth/`. */
export interface SignInOperation {
  readonly name: string;
  readonly method: 'GET' | 'POST';
  /**
   * `any-origin`: called by programs and by pages of any origin, without cookies. `navigation`: a person's browser goes
   * there, from wherever it is. `own-page`: the same, from a form of this service alone.
   */
  readonly from: 'any-origin' | 'navigation' | 'own-page';
  /** Media type that its body must have; none takes no body. */
  readonly takes?: 'application/x-www-form-urlencoded' | 'application/json';
  /** Its parameters are in the address. */
  readonly query?: true;
}

const form = 'application/x-www-form-urlencoded';

/**
 * The answer of the identity provider comes as a form (`response_mode=form_post`): its code alone can be longer than the
 * query that the gateway takes.
 */
export const signInOperations: readonly SignInOperation[] = [
  { name: 'authorize', method: 'GET', from: 'navigation', query: true },
  { name: 'consent', method: 'POST', from: 'own-page', takes: form },
  { name: 'callback', method: 'POST', from: 'navigation', takes: form },
  { name: 'token', method: 'POST', from: 'any-origin', takes: form },
  { name: 'register', method: 'POST', from: 'any-origin', takes: 'application/json' },
  { name: 'revoke', method: 'POST', from: 'any-origin', takes: form },
  { name: 'keys', method: 'GET', from: 'any-origin' },
];

/** The pages of passkeys, where the backend has the accounts itself. */
const accountOperations: readonly SignInOperation[] = [
  { name: 'passkey', method: 'GET', from: 'navigation', query: true },
  { name: 'invite', method: 'GET', from: 'navigation', query: true },
  { name: 'join', method: 'POST', from: 'own-page', takes: form },
];

/** Operations of a tenant's authorization server. */
export function operationsOf({ signIn }: Pick<RegisteredTenant, 'signIn'>): readonly SignInOperation[] {
  return signIn === 'own' ? [...signInOperations, ...accountOperations] : signInOperations;
}

/** Those of all tenants, each once. */
export function operationsOfAll(tenants: readonly RegisteredTenant[]): readonly SignInOperation[] {
  return [...new Set(tenants.filter(hasOwnServer).flatMap(operationsOf))];
}

/** Names of the two documents that say where an authorization server's operations are (RFC 8414 section 3, OpenID Connect Discovery 1.0 section 4). */
export const serverMetadataNames = ['oauth-authorization-server', 'openid-configuration'] as const;

/** Path, after the gateway's address, that a tenant's authorization server begins with; with the gateway's address in front it is the issuer. */
export function signInBase({ route }: RegisteredTenant): string {
  return `/${route}`;
}

/** Whether the tenant's backend is the authorization server that its clients are sent to. */
export function hasOwnServer({ signIn = 'remote' }: RegisteredTenant): boolean {
  return signIn !== 'remote';
}

/** Issuer of the access tokens that the tenant's backend signs itself; undefined when it signs none. */
export function ownTokenIssuer(tenant: RegisteredTenant): string | undefined {
  const { enterprise = [], signIn } = tenant;
  return enterprise.length > 0 || signIn === 'own' ? `{{public-base-url}}${signInBase(tenant)}` : undefined;
}

/** Directories of a tenant whose tokens count: none where the backend has the accounts itself. */
export function directoriesOf({ signIn, tenantIds }: RegisteredTenant): readonly string[] {
  return signIn === 'own' ? [] : tenantIds;
}

/** Issuers of the access tokens that count for a tenant: its directories, and its own backend where that signs some. */
export function tokenIssuers(tenant: RegisteredTenant): readonly string[] {
  const own = ownTokenIssuer(tenant);
  return [
    ...directoriesOf(tenant).map((id) => `{{authority}}/${id}/v2.0`),
    ...(own === undefined ? [] : [own]),
  ];
}

/** Paths of a tenant's authorization server metadata: between host and path, and below the path. */
export function serverMetadataPaths(tenant: RegisteredTenant): readonly string[] {
  const base = signInBase(tenant);
  return serverMetadataNames.flatMap((name) => [
    `/.well-known/${name}${base}`,
    `${base}/.well-known/${name}`,
  ]);
}
