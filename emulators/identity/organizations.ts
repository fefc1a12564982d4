import type { JWK } from 'jose';
import type { Issuer } from './issuer.ts';

/** Documents that are not about one directory, as Entra has them under the name `organizations`. */
export type Documents = (pathname: string) => object | undefined;

/**
 * The metadata for all directories together: the issuer is a template, and the keys are those of every directory. A
 * gateway in front of several customers reads it, and checks the real issuer by itself.
 */
export function organizations(origin: string, issuers: Iterable<Issuer>): Documents {
  const all = [...issuers];
  const base = `${origin}/organizations`;
  return (pathname) => {
    if (pathname === '/organizations/v2.0/.well-known/openid-configuration') {
      return {
        issuer: `${origin}/{tenantid}/v2.0`,
        authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
        token_endpoint: `${base}/oauth2/v2.0/token`,
        jwks_uri: `${base}/discovery/v2.0/keys`,
        response_types_supported: ['code'],
        subject_types_supported: ['pairwise'],
        id_token_signing_alg_values_supported: ['RS256'],
      };
    }
    if (pathname === '/organizations/discovery/v2.0/keys') {
      return { keys: all.flatMap((issuer): JWK[] => issuer.publishedKeys()) };
    }
    return undefined;
  };
}
