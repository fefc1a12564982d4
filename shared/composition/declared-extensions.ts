import type { ServerExtension } from '#platform/mcp/surface';
import type { PlatformSettings } from '#platform/settings';

/** The authorization extensions of the protocol, by their identifiers there. */
const clientCredentials = 'io.modelcontextprotocol/oauth-client-credentials';
const enterpriseManaged = 'io.modelcontextprotocol/enterprise-managed-authorization';

/**
 * Says to clients which ways to a token there are besides a person's sign-in. A tenant is told of those that it has:
 * applications without a person where clients get their tokens from the tenant's own directory, identity assertions where an
 * identity provider of its own vouches for its people.
 */
export function declaredExtensions({
  auth,
  signIn,
  tenants,
}: Pick<PlatformSettings, 'auth' | 'signIn' | 'tenants'>): ServerExtension {
  const fromDirectory = auth.mode === 'jwt' && (signIn?.way === 'remote' || signIn?.way === 'verifier');
  const byTenant = new Map(
    tenants.map(({ slug, enterprise = [] }) => {
      const declared = [
        ...(fromDirectory ? [clientCredentials] : []),
        ...(enterprise.length > 0 ? [enterpriseManaged] : []),
      ];
      return [slug, Object.fromEntries(declared.map((id) => [id, {}]))];
    }),
  );
  return {
    leavesCalls: true,
    extend({ server }, { principal }) {
      const extensions = byTenant.get(principal.tenant);
      if (extensions !== undefined && Object.keys(extensions).length > 0) {
        server.registerCapabilities({ extensions });
      }
    },
  };
}
