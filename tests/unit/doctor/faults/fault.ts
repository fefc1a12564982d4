import { businessTools } from '#contoso/tools/index';
import type { Evidence } from '#doctor/evidence';
import type { Status } from '#doctor/finding';
import { gatewayFiles, url } from '../evidence.ts';
import { live, type Spoil, settings } from '../spoils.ts';

/** Which item notices it, what is made wrong, as what it is reported, and with which words. */
export type Fault = readonly [string, Spoil, Status, RegExp];

export const validateToken = 'api-contoso.xml';
export const elsewhere = 'a0000000-0000-4000-8000-00000000000a';
export const [, ...otherTools] = businessTools;
export const payInvoice = businessTools.find(({ name }) => name === 'pay_invoice');

export const goodMetadata = {
  address: 'https://mcp.example/.well-known/oauth-protected-resource/contoso-mcp/mcp',
  resource: url,
  authorizationServers: ['https://login.example'],
  scopes: [`${url}/mcp.access`],
};

export function tenants(
  list: readonly { slug: string; tenantIds: readonly string[]; enter?: object }[],
): Spoil {
  return settings({ TENANTS: JSON.stringify(list.map((one) => ({ ...one, displayName: one.slug }))) });
}

/** The first onboarded directory, under this slug. */
export function firstTenant(slug: string) {
  return { slug, tenantIds: gatewayFiles().registry.tenants[0]?.tenantIds ?? [] };
}

export function withoutOperations(evidence: Evidence): Evidence {
  const files = gatewayFiles();
  const description = { ...files.bundle.description, apis: [] };
  return { ...evidence, gateway: { value: { ...files, bundle: { ...files.bundle, description } } } };
}

/** The product's tools, with pay_invoice declared otherwise. */
export function tools(change: object): Spoil {
  const changed = businessTools.map((tool) => (tool === payInvoice ? { ...tool, ...change } : tool));
  return (evidence) => ({ ...evidence, tools: changed });
}

export function typed(...names: string[]) {
  return names.map((name) => ({ name, typedInput: true, typedOutput: true }));
}

export function metadata(change: object): Spoil {
  return live('metadata', { ...goodMetadata, ...change });
}
