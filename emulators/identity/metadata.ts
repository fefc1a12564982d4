/**
 * Where an issuer's metadata is and what it says: as Entra has it, or as the standards for OAuth 2.1 clients want it
 * (OpenID Connect Discovery 1.0, RFC 8414), which says more and stands at four addresses.
 */
export const metadataForms = ['entra', 'standard'] as const;
export type MetadataForm = (typeof metadataForms)[number];

/** Path of Entra's only metadata document, below the issuer. */
export const metadataPath = '/.well-known/openid-configuration';

/**
 * What Entra says of an issuer, of the features that there are here: nothing of PKCE, although it takes it, nothing of
 * grant types or public clients, and no place to register.
 * @param base address of the directory: the identity provider's and the directory's id
 * @param issuer the `iss` of v2 tokens, or a template of it
 */
export function entraMetadata(base: string, issuer: string): object {
  return {
    token_endpoint: `${base}/oauth2/v2.0/token`,
    token_endpoint_auth_methods_supported: ['client_secret_post', 'client_secret_basic'],
    jwks_uri: `${base}/discovery/v2.0/keys`,
    response_modes_supported: ['query', 'fragment', 'form_post'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
    response_types_supported: ['code'],
    scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
    issuer,
    request_uri_parameter_supported: false,
    authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
    claims_supported: [
      'sub',
      'iss',
      'aud',
      'exp',
      'iat',
      'nonce',
      'preferred_username',
      'name',
      'tid',
      'ver',
      'oid',
    ],
  };
}
