import type { MetadataForm } from './metadata.ts';
import { paths } from './tenant-provider.ts';

export type Route =
  /** oidc-provider answers; `path` is what it knows the endpoint by, below `/{tid}`. */
  | { readonly kind: 'library'; readonly tid: string; readonly path: string }
  | { readonly kind: 'sign-in'; readonly tid: string };

const metadata = '/.well-known/(?:openid-configuration|oauth-authorization-server)';
const tid = '(?<tid>[0-9a-f-]{36})';

/** After the issuer (OpenID Connect Discovery 1.0 section 4), or between its host and its path (RFC 8414 section 3.1). */
const discovery = [
  new RegExp(`^/${tid}/v2\\.0(?<path>${metadata})$`),
  new RegExp(`^(?<path>${metadata})/${tid}/v2\\.0$`),
];
const endpoint = new RegExp(
  `^/${tid}(?<path>(?:${paths.authorization}(?:/[\\w-]+)?|${paths.token}|${paths.jwks}))$`,
);
const signIn = new RegExp(`^/${tid}${paths.signIn}/[\\w-]+$`);

/** Who answers a path; undefined when nobody does. In Entra's form the library has no metadata to answer with. */
export function routeOf(pathname: string, form: MetadataForm): Route | undefined {
  for (const pattern of form === 'standard' ? [...discovery, endpoint] : [endpoint]) {
    const { tid, path } = pattern.exec(pathname)?.groups ?? {};
    if (tid !== undefined && path !== undefined) {
      return { kind: 'library', tid, path };
    }
  }
  const { tid } = signIn.exec(pathname)?.groups ?? {};
  return tid === undefined ? undefined : { kind: 'sign-in', tid };
}
