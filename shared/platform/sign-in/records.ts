import type { TenantId } from '../identity/tenant.ts';

/** A token that somebody got. */
export interface SignedIn {
  readonly tenant: TenantId;
  /** `tid:oid`. */
  readonly user: string;
  /** The client that it is for; behind a proxy, tokens themselves name the proxy. */
  readonly client: string;
  readonly how: 'signed_in' | 'refreshed';
  /** Unique id of the token; calls that are made with it are on record with the same. */
  readonly tokenId: string | undefined;
  readonly correlationId: string;
}

/** Where sign-ins are put on record. */
export interface SignInRecords {
  signedIn(entry: SignedIn): void;
}
