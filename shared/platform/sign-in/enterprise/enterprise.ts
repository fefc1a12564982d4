import { algorithms } from '../../identity/jwt.ts';
import type { Further, Metadata } from '../further.ts';
import { type EnterpriseOptions, enterpriseGrant, jwtBearerGrant } from './grant.ts';
import type { EnterpriseIssuer } from './issuer.ts';

/** Where an authorization server says that it takes identity assertions (draft-ietf-oauth-identity-assertion-authz-grant-04, 7.2). */
const assertionProfile = 'urn:ietf:params:oauth:grant-profile:id-jag';

/** Enterprise-managed authorization for the tenants that have an identity provider for it; for the others, nothing. */
export function enterpriseSignIn(options: EnterpriseOptions): Further {
  return {
    grantTypes: { [jwtBearerGrant]: enterpriseGrant(options) },
    serverMetadata: ({ slug }) => metadataOf(options.issuers.get(slug) ?? []),
    verifiers: [options.tokens.verifier],
  };
}

function metadataOf(issuers: readonly EnterpriseIssuer[]): Metadata {
  if (issuers.length === 0) {
    return {};
  }
  const clients = issuers.flatMap((issuer) => issuer.clients);
  const withKey = clients.some(({ jwksUri }) => jwksUri !== undefined);
  return {
    grant_types_supported: [jwtBearerGrant],
    authorization_grant_profiles_supported: [assertionProfile],
    token_endpoint_auth_methods_supported: [
      ...(clients.some(isPublic) ? ['none'] : []),
      ...(clients.some(({ secretSha256 }) => secretSha256 !== undefined)
        ? ['client_secret_basic', 'client_secret_post']
        : []),
      ...(withKey ? ['private_key_jwt'] : []),
    ],
    ...(withKey && { token_endpoint_auth_signing_alg_values_supported: algorithms }),
  };
}

const isPublic = ({ secretSha256, jwksUri }: EnterpriseIssuer['clients'][number]) =>
  secretSha256 === undefined && jwksUri === undefined;
