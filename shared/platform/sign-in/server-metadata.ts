import type { Metadata } from './further.ts';
import { addressOf, issuerOf, type TenantSite } from './tenant-site.ts';

export interface ServerMetadataOptions {
  /** Scopes that clients may ask for. */
  readonly scopes: readonly string[];
  readonly grantTypes: readonly string[];
  /** Whether clients may register themselves. */
  readonly registration: boolean;
}

/**
 * What a tenant's authorization server says of itself (RFC 8414), and what OpenID Connect Discovery 1.0 requires besides:
 * clients look at either place.
 */
export function serverMetadata(site: TenantSite, request: Request, options: ServerMetadataOptions): Metadata {
  const at = (operation: string) => addressOf(site, `/oauth/${operation}`, request);
  return {
    issuer: issuerOf(site, request),
    authorization_endpoint: at('authorize'),
    token_endpoint: at('token'),
    revocation_endpoint: at('revoke'),
    ...(options.registration && { registration_endpoint: at('register') }),
    jwks_uri: at('keys'),
    scopes_supported: options.scopes,
    response_types_supported: ['code'],
    response_modes_supported: ['query'],
    grant_types_supported: options.grantTypes,
    token_endpoint_auth_methods_supported: ['none'],
    revocation_endpoint_auth_methods_supported: ['none'],
    code_challenge_methods_supported: ['S256'],
    authorization_response_iss_parameter_supported: true,
    client_id_metadata_document_supported: true,
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
  };
}
