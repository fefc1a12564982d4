import type { TokenVerifier } from '../identity/authenticator.ts';
import type { TenantSite } from './tenant-site.ts';
import type { GrantType } from './tokens/token-operation.ts';

/** What an authorization server of ours offers besides what its own way of signing in has. */
export interface Further {
  /** By `grant_type`. */
  readonly grantTypes: Readonly<Record<string, GrantType>>;
  /** What the metadata of a tenant's server says of it. */
  serverMetadata(site: TenantSite): Metadata;
  /** Issuers of the access tokens that come of it. */
  readonly verifiers: readonly TokenVerifier[];
}

/** Fields of RFC 8414. */
export type Metadata = Readonly<Record<string, unknown>>;

export const nothingFurther: Further = { grantTypes: {}, serverMetadata: () => ({}), verifiers: [] };

/** One document of both: lists hold what either says, each value once. */
export function joinedMetadata(base: Metadata, more: Metadata): Metadata {
  const fields = Object.entries(more).map(([name, value]) => {
    const there = base[name];
    return [name, Array.isArray(there) && Array.isArray(value) ? [...new Set([...there, ...value])] : value];
  });
  return { ...base, ...Object.fromEntries(fields) };
}
