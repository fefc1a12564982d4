import { permissionsOf } from '#contoso/access/roles';
import { domainDefinitions } from '#contoso/experts/domains';
import { businessTools } from '#contoso/tools/index';
import type { Claims, Evidence, GatewayFiles, LiveEvidence, LongJob, ServerMetadata } from '#doctor/evidence';
import { readBundle } from '#gateway/language/bundle';
import { policiesFolder, readRegistry } from '#gateway/registry';
import type { Environment } from '#platform/settings/read';

export const url = 'https://mcp.example/contoso-mcp/mcp';
export const clientId = '11111111-2222-4333-8444-555555555555';
const tid = 'c0000000-0000-4000-8000-000000000001';

const hubName = 'AzureFunctionsJobHost__extensions__durableTask__hubName';

/** App settings of a deployment with which nothing is wrong. */
export const goodSettings: Environment = {
  AUTH_MODE: 'jwt',
  MCP_API_AUDIENCE: clientId,
  PUBLIC_BASE_URL: 'https://mcp.example/contoso-mcp',
  TENANTS: JSON.stringify(
    readRegistry().tenants.map(({ slug, tenantIds, displayName, route }) => ({
      slug,
      tenantIds,
      displayName,
      route,
    })),
  ),
  SIGN_IN: 'proxy',
  SIGN_IN_CLIENT_ID: '22222222-3333-4444-8555-666666666666',
  SIGN_IN_CLIENT_SECRET: '@Microsoft.KeyVault(SecretUri=https://example.vault.azure.net/secrets/sign-in)',
  SIGN_IN_KEYS: '@Microsoft.KeyVault(SecretUri=https://example.vault.azure.net/secrets/sign-in-keys)',
  TRAIL_EVENT_HUB: 'https://example.servicebus.windows.net/trail',
  APPROVE_ABOVE: '500',
  GATEWAY_KEY: 'a key of the tests that is long enough',
  STATE_SIGNING_KEY: 'a secret of the tests that is longer than 32 bytes',
  DATA_STORAGE: 'https://example.table.core.windows.net',
  AzureWebJobsStorage__accountName: 'example',
  AUDIT_DAYS: '365',
  TRAIL_COPIES: 'https://archive.blob.core.windows.net/trail',
  AzureFunctionsJobHost__functionTimeout: '-1',
  [hubName]: 'contosoproduction',
  AZURE_OPENAI_ENDPOINT: 'https://example.openai.azure.com',
  AZURE_OPENAI_CHAT_DEPLOYMENT: 'chat',
  APPLICATIONINSIGHTS_CONNECTION_STRING: 'InstrumentationKey=00000000-0000-4000-8000-000000000000',
};

const listed = (names: readonly string[]) =>
  names.map((name) => ({ name, typedInput: true, typedOutput: true }));

/** What a query caller sees. */
export const queryTools = listed(
  businessTools.filter(({ permission }) => permissionsOf(['query']).has(permission)).map(({ name }) => name),
);

export const goodJob: LongJob = {
  progress: Array.from({ length: 9 }, (_, index) => ({ at: (index + 1) * 5_000, value: (index + 1) * 10 })),
  endedAt: 47_000,
};

const server = 'https://mcp.example/contoso-mcp';

export const goodServer: ServerMetadata = {
  server,
  address: 'https://mcp.example/.well-known/oauth-authorization-server/contoso-mcp',
  issuer: server,
  registers: true,
  readsClientDocuments: true,
  provesCodes: true,
  namesIssuer: true,
  takesAssertions: false,
};

export const claims: Claims = {
  aud: clientId,
  tid,
  oid: 'someone',
  roles: ['query'],
  actor: 'person',
  tellsAgents: true,
};

const goodLive: LiveEvidence = {
  url: { value: url },
  firstConnect: { value: { milliseconds: 900, idleMinutes: 60 } },
  withoutToken: {
    value: { status: 401, challenge: 'Bearer resource_metadata="https://mcp.example/.well-known/x"' },
  },
  withForgedToken: { value: { status: 401, challenge: undefined } },
  metadata: {
    value: {
      address: 'https://mcp.example/.well-known/oauth-protected-resource/contoso-mcp/mcp',
      resource: url,
      authorizationServers: [server],
      scopes: ['mcp.access'],
    },
  },
  serverMetadata: { value: goodServer },
  claims: { value: claims },
  tools: { value: queryTools },
  agenticTools: {
    value: listed([
      ...Object.values(domainDefinitions).map(({ askTool }) => askTool),
      'trouble_shoot_device',
    ]),
  },
  toolsWithoutRole: { value: [] },
  audited: { value: true },
  longJob: { value: goodJob },
  labelled: {
    value: {
      tool: 'get_promotions',
      meta: { ifc: { integrity: 'untrusted', confidentiality: 'public' } },
    },
  },
};

/** Evidence of a deployment that has nothing to be said against it. */
export function goodEvidence(): Evidence {
  return {
    environment: { value: goodSettings },
    flexSettings: { value: goodSettings },
    beside: [{ file: 'staging.json', settings: { ...goodSettings, [hubName]: 'contosostaging' } }],
    gateway: { value: gatewayFiles() },
    tools: businessTools,
    model: {
      value: { model: 'chat', turns: 2, calledTool: true, answered: true, embeds: true, leftOut: [] },
    },
    otherModels: [],
    people: { missing: 'The accounts are those of a directory.' },
    switches: { value: [] },
    tier: { value: 'BasicV2' },
    gatewayValues: { value: { namedValues: { 'console-frame-host': 'none.invalid' }, backends: {} } },
    release: { value: ['contoso-mcp.zip'] },
    backups: {
      value: readRegistry().tenants.map(({ slug }) => ({
        folder: slug,
        tenant: slug,
        days: 0.5,
        problem: undefined,
      })),
    },
    live: goodLive,
  };
}

export function gatewayFiles(): GatewayFiles {
  return { bundle: readBundle(policiesFolder), registry: readRegistry() };
}
