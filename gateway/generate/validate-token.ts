import type { RegisteredTenant } from '../registry.ts';
import { indent } from './xml.ts';

/** Who calls: an access token for this API, issued by one of the tenant's directories, for somebody of it. */
export function validateToken({ tenantIds }: RegisteredTenant): string {
  const issuers = tenantIds.map((id) => `<issuer>{{authority}}/${id}/v2.0</issuer>`);
  const directories = tenantIds.map((id) => `<value>${id}</value>`);
  return `<validate-jwt header-name="Authorization" require-scheme="Bearer" require-signed-tokens="true" require-expiration-time="true" clock-skew="60" failed-validation-httpcode="401" output-token-variable-name="jwt">
  <openid-config url="{{authority}}/organizations/v2.0/.well-known/openid-configuration" />
  <audiences>
    <audience>{{api-audience}}</audience>
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
