import type { TenantId } from '../identity/tenant.ts';
import type { KeyRing } from '../key-ring.ts';

/** Proves to an identity provider that it is this service that asks. */
export type ServiceProof =
  /** A user-assigned managed identity that the registration of the API trusts (a federated credential): no secret anywhere. */
  | { readonly identity: string }
  /** On a developer's machine only. The first is shown, and the next one where one is refused. */
  | { readonly secrets: KeyRing };

/** Exchanges tokens of this service's own for those of other services (RFC 8693). */
export interface TokenExchange {
  readonly tokenEndpoint: string;
  /** Of this service, there. */
  readonly clientId: string;
}

/** How calls act for their users at other services. */
export interface DownstreamOptions {
  /** Client id of the API: the audience of the users' tokens. */
  readonly clientId: string;
  readonly proof: ServiceProof;
  /** Address of the identity provider. */
  readonly authority: string;
  /** An identifier of the API, in front of the scope that a missing consent is asked for with. */
  readonly identifier: string;
  readonly tenants: readonly {
    readonly slug: TenantId;
    readonly tenantIds: readonly string[];
    readonly exchange?: TokenExchange;
  }[];
}
