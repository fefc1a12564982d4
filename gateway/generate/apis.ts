import type { ApiDescription, ApisDescription, OperationDescription } from '../language/bundle.ts';
import { endpoints, type McpEndpoint, type RegisteredTenant, type Registry } from '../registry.ts';
import { consoleApis } from './console/apis.ts';
import { serverMetadataOperations, signInApis } from './sign-in/apis.ts';
import { notice } from './xml.ts';

/** Not OPTIONS: where an API has an operation for it, `cors` does not answer the preflight requests of browsers. */
const methods = ['POST', 'GET', 'DELETE'] as const;

/** First part of the address of protected-resource metadata (RFC 9728 section 3). */
export const metadataPrefix = '.well-known/oauth-protected-resource';

/** Path of the policy that answers with the metadata of an endpoint. */
export function metadataFile(tenant: RegisteredTenant, endpoint: McpEndpoint): string {
  return `operations/metadata-${tenant.slug}-${endpoint.id}.xml`;
}

export function apiPolicyFile({ slug }: RegisteredTenant): string {
  return `api-${slug}.xml`;
}

/** APIs, operations and backends, for a deployment to create and for the local gateway to route by. */
export function describeApis({ tenants }: Registry): ApisDescription {
  const ids = [...new Set(tenants.map(({ backend }) => backend))];
  return {
    generated: notice,
    policy: 'global.xml',
    backends: ids.map((id) => ({ id, description: `Function app of ${servedBy(id, tenants)}.` })),
    apis: [...tenants.map(tenantApi), ...signInApis(tenants), ...consoleApis(tenants), metadataApi(tenants)],
  };
}

function servedBy(backend: string, tenants: readonly RegisteredTenant[]): string {
  return tenants
    .filter((tenant) => tenant.backend === backend)
    .map(({ displayName }) => displayName)
    .join(', ');
}

function tenantApi(tenant: RegisteredTenant): ApiDescription {
  return {
    id: tenant.route,
    displayName: `${tenant.displayName} MCP`,
    path: tenant.route,
    subscriptionRequired: false,
    policy: apiPolicyFile(tenant),
    operations: [
      ...endpoints.flatMap((endpoint) => [
        ...methods.map((method) => ({
          id: `${endpoint.id}-${method.toLowerCase()}`,
          method,
          urlTemplate: endpoint.path,
          policy: `operations/${endpoint.id}.xml`,
        })),
        metadataOperation(tenant, endpoint, `${endpoint.path}/${metadataPrefix}`),
      ]),
      ...serverMetadataOperations(tenant),
    ],
  };
}

/** The path that RFC 9728 puts between host and resource path belongs to no tenant's API. */
function metadataApi(tenants: readonly RegisteredTenant[]): ApiDescription {
  return {
    id: 'oauth-metadata',
    displayName: 'OAuth protected resource metadata',
    path: metadataPrefix,
    subscriptionRequired: false,
    operations: tenants.flatMap((tenant) =>
      endpoints.map((endpoint) => metadataOperation(tenant, endpoint, `/${tenant.route}${endpoint.path}`)),
    ),
  };
}

function metadataOperation(
  tenant: RegisteredTenant,
  endpoint: McpEndpoint,
  urlTemplate: string,
): OperationDescription {
  return {
    id: `${tenant.slug}-${endpoint.id}-metadata`,
    method: 'GET',
    urlTemplate,
    policy: metadataFile(tenant, endpoint),
  };
}
