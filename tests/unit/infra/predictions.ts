import type { Predicted, Prediction } from '../../../scripts/infra/predict.ts';

export const group = '/subscriptions/s/resourceGroups/g/providers';

export function resource(type: string, name: string, properties: Record<string, unknown>): Predicted {
  const [provider = '', ...kinds] = type.split('/');
  const names = name.split('/');
  const id = `${group}/${provider}/${kinds.map((kind, index) => `${kind}/${names[index]}`).join('/')}`;
  return { id, type, name, properties };
}

export function prediction(resources: readonly Predicted[], outputs = {}): Prediction {
  return { form: 'private', resources, outputs };
}

export const vault = '@Microsoft.KeyVault(SecretUri=https://kv.vault.azure.net/secrets/';

export const complete = {
  AUTH_MODE: 'jwt',
  MCP_API_AUDIENCE: 'a1b2c3d4-0000-4000-8000-000000000000',
  AUTHORITY: "[replace(environment().authentication.loginEndpoint, '/', '')]",
  MCP_SCOPE: 'mcp.access',
  TENANTS: JSON.stringify([
    { slug: 'contoso', tenantIds: ['c0000000-0000-4000-8000-000000000001'], displayName: 'Contoso' },
  ]),
  PUBLIC_BASE_URL: 'https://mcp.contoso.example/contoso-mcp',
  GATEWAY_KEY: `${vault}gateway-key)`,
  STATE_SIGNING_KEY: `${vault}state-signing-key)`,
  DATA_STORAGE: "[format('https://{0}.table', 'x')]",
  AzureWebJobsStorage__accountName: 'x',
  APPLICATIONINSIGHTS_CONNECTION_STRING: "[reference('x').ConnectionString]",
  LOG_LEVEL: 'info',
};
