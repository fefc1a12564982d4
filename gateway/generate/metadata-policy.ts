import type { McpEndpoint, RegisteredTenant } from '../registry.ts';
import { escapeXml, generatedXml } from './xml.ts';

/** Answers with the protected-resource metadata (RFC 9728) of one endpoint of one tenant. */
export function metadataPolicy(tenant: RegisteredTenant, endpoint: McpEndpoint): string {
  const resource = `{{public-base-url}}/${tenant.route}${endpoint.path}`;
  // Entra wants the resource that a client names and the prefix of its scopes to be the same identifier.
  const document = {
    resource,
    resource_name: tenant.displayName,
    authorization_servers: tenant.tenantIds.map((id) => `{{authority}}/${id}/v2.0`),
    scopes_supported: [`${resource}/{{scope-name}}`],
    bearer_methods_supported: ['header'],
  };
  return generatedXml(
    'Public, so without the policies of the API: no token is needed, and every page may read it.',
    `<policies>
  <inbound>
    <cors allow-credentials="false">
      <allowed-origins>
        <origin>*</origin>
      </allowed-origins>
      <allowed-methods preflight-result-max-age="600">
        <method>GET</method>
      </allowed-methods>
      <allowed-headers>
        <header>MCP-Protocol-Version</header>
      </allowed-headers>
    </cors>
    <return-response>
      <set-header name="Content-Type" exists-action="override">
        <value>application/json</value>
      </set-header>
      <set-header name="Cache-Control" exists-action="override">
        <value>public, max-age=3600</value>
      </set-header>
      <set-body>${escapeXml(JSON.stringify(document))}</set-body>
    </return-response>
  </inbound>
  <backend />
  <outbound />
  <on-error />
</policies>`,
  );
}
