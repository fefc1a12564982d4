import { endpoints, type RegisteredTenant } from '../registry.ts';
import { directoriesOf, ownTokenIssuer, tokenIssuers } from '../sign-in.ts';
import { indent } from './xml.ts';

/**
 * Who calls: an access token for this API, issued by one of the tenant's directories for somebody of it. Where the tenant's
 * backend signs tokens itself, those too: they are for one endpoint, and the backend holds them to it.
 */
export function validateToken(tenant: RegisteredTenant): string {
  const own = ownTokenIssuer(tenant);
  const hasDirectories = directoriesOf(tenant).length > 0;
  const configurations = [
    ...(hasDirectories ? ['{{authority}}/organizations/v2.0/.well-known/openid-configuration'] : []),
    ...(own === undefined ? [] : [`${own}/.well-known/openid-configuration`]),
  ].map((url) => `<openid-config url="${url}" />`);
  const audiences = [
    ...(hasDirectories ? ['{{api-audience}}'] : []),
    ...(own === undefined ? [] : endpoints.map(({ path }) => `${own}${path}`)),
  ].map((audience) => `<audience>${audience}</audience>`);
  const issuers = tokenIssuers(tenant).map((issuer) => `<issuer>${issuer}</issuer>`);
  const directories = tenant.tenantIds.map((id) => `<value>${id}</value>`);
  return `<validate-jwt header-name="Authorization" require-scheme="Bearer" require-signed-tokens="true" require-expiration-time="true" clock-skew="60" failed-validation-httpcode="401" output-token-variable-name="jwt">
${indent(2, configurations)}
  <audiences>
${indent(4, audiences)}
  </audiences>
  <issuers>
${indent(4, issuers)}
  </issuers>
  <required-claims>
    <claim name="tid" match="any">
${indent(6, directories)}
    </claim>
  </required-claims>
</validate-jwt>`;
}
