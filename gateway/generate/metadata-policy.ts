import type { McpEndpoint, RegisteredTenant } from '../registry.ts';
import { hasOwnServer, signInBase } from '../sign-in.ts';
import { includeFrameHost } from './console/frame-host.ts';
import { openCors } from './open-cors.ts';
import { escapeXml, generatedXml, indent } from './xml.ts';

/** Answers with the protected-resource metadata (RFC 9728) of one endpoint of one tenant. */
export function metadataPolicy(tenant: RegisteredTenant, endpoint: McpEndpoint): string {
  const resource = `{{public-base-url}}/${tenant.route}${endpoint.path}`;
  const document = {
    resource,
    resource_name: tenant.displayName,
    authorization_servers: authorizationServers(tenant),
    scopes_supported: [`${scopePrefix(tenant, resource)}{{scope-name}}`],
    bearer_methods_supported: ['header'],
  };
  return generatedXml(
    'Public, so without the policies of the API: no token is needed, and every page may read it.',
    `<policies>
  <inbound>
${indent(4, [openCors({ method: 'GET', headers: ['MCP-Protocol-Version'] }), includeFrameHost])}
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

/** The tenant's backend, or the directories themselves. */
function authorizationServers(tenant: RegisteredTenant): readonly string[] {
  return hasOwnServer(tenant)
    ? [`{{public-base-url}}${signInBase(tenant)}`]
    : tenant.tenantIds.map((id) => `{{authority}}/${id}/v2.0`);
}

/** Entra wants the resource that a client names and the prefix of its scopes to be the same identifier. */
function scopePrefix(tenant: RegisteredTenant, resource: string): string {
  return hasOwnServer(tenant) ? '' : `${resource}/`;
}
