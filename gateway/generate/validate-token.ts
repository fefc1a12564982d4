import type { Registry } from '../registry.ts';
import { generatedXml, indent } from './xml.ts';

/** Token validation: one audience, one issuer for each onboarded directory. */
export function validateToken({ tenants }: Registry): string {
  const issuers = tenants
    .flatMap(({ tenantIds }) => tenantIds)
    .map((id) => `<issuer>{{authority}}/${id}/v2.0</issuer>`);
  return generatedXml(
    'Who calls: an access token for this API, issued by a directory that is onboarded.',
    `<fragment>
  <validate-jwt header-name="Authorization" require-scheme="Bearer" require-signed-tokens="true" require-expiration-time="true" clock-skew="60" failed-validation-httpcode="401" output-token-variable-name="jwt">
    <openid-config url="{{authority}}/organizations/v2.0/.well-known/openid-configuration" />
    <audiences>
      <audience>{{api-audience}}</audience>
    </audiences>
    <issuers>
${indent(6, issuers)}
    </issuers>
    <required-claims>
      <claim name="tid" match="any" />
      <claim name="oid" match="any" />
    </required-claims>
  </validate-jwt>
  <set-variable name="tid" value='@(((Jwt)context.Variables["jwt"]).Claims.GetValueOrDefault("tid", ""))' />
  <set-variable name="oid" value='@(((Jwt)context.Variables["jwt"]).Claims.GetValueOrDefault("oid", ""))' />
</fragment>`,
  );
}
