import { cloudOfAuthority } from './clouds.ts';
import type { Entry } from './entry.ts';
import type { TenantId } from './tenant.ts';

/** An issuer whose tokens are accepted: one per directory and token version. */
export interface Issuer {
  /** The `iss` claim, to the letter. */
  readonly issuer: string;
  /** Directory (tenant) id: the only `tid` that this issuer may claim. */
  readonly tid: string;
  readonly tenant: TenantId;
  /** Who of the directory may enter; everybody when left out. */
  readonly enter?: Entry | undefined;
  readonly version: '1.0' | '2.0';
  /** Address of its signing keys. */
  readonly jwksUri: string;
}

export interface OnboardedTenant {
  readonly slug: TenantId;
  readonly tenantIds: readonly string[];
  readonly enter?: Entry | undefined;
}

/** Address of a directory's v2 issuer, which is also its authorization server (RFC 8414 issuer). */
export function authorizationServer(authority: string, tid: string): string {
  return `${authority}/${tid}/v2.0`;
}

/**
 * The issuers of all onboarded directories by their `iss`. Entra signs v1 and v2 access tokens of a directory with
 * the same keys under two issuers; which one comes depends on the API's `requestedAccessTokenVersion`.
 * @param authority address of the identity provider, such as `https://login.microsoftonline.com`
 */
export function issuersOf(
  tenants: readonly OnboardedTenant[],
  authority: string,
): ReadonlyMap<string, Issuer> {
  const all = tenants.flatMap(({ slug: tenant, tenantIds, enter }) =>
    tenantIds.flatMap((tid): Issuer[] => {
      const jwksUri = `${authority}/${tid}/discovery/v2.0/keys`;
      const common = { tid, tenant, enter, jwksUri };
      return [
        { ...common, version: '2.0', issuer: authorizationServer(authority, tid) },
        { ...common, version: '1.0', issuer: v1Issuer(authority, tid) },
      ];
    }),
  );
  return new Map(all.map((issuer) => [issuer.issuer, issuer]));
}

/** v1 tokens of Entra name another host, in each cloud its own; any other authority is taken to name itself. */
function v1Issuer(authority: string, tid: string): string {
  return `${cloudOfAuthority(authority)?.v1Issuer ?? authority}/${tid}/`;
}
