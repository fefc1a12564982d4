import { claims, clientId, goodSettings, queryTools, url } from '../evidence.ts';
import { beside, live, settings } from '../spoils.ts';

import { elsewhere, type Fault, metadata, tools, typed } from './fault.ts';

const oneTenant = JSON.stringify([
  { slug: 'contoso', tenantIds: ['c0000000-0000-4000-8000-000000000001'], displayName: 'Contoso' },
]);

export const backendFaults: readonly Fault[] = [
  [
    'backend.plan',
    settings({ FUNCTIONS_WORKER_RUNTIME: 'node' }),
    'fail',
    /refuses FUNCTIONS_WORKER_RUNTIME/,
  ],
  ['backend.plan', settings({ website_run_from_package: '1' }), 'fail', /refuses website_run_from_package/],
  ['backend.plan', settings({ 'A:B': '1' }), 'fail', /the colon in A:B/],
  [
    'backend.timeout',
    settings({ AzureFunctionsJobHost__functionTimeout: undefined }),
    'fail',
    /cuts every other call/,
  ],
  [
    'backend.task-hub',
    settings({ AzureFunctionsJobHost__extensions__durableTask__hubName: undefined }),
    'fail',
    /only one has its jobs done/,
  ],
  ...[
    {},
    { AzureFunctionsJobHost__extensions__durableTask__hubName: 'ContosoProduction' },
    {
      AzureWebJobsStorage__accountName: undefined,
      AzureWebJobsStorage: 'DefaultEndpointsProtocol=https;AccountName=example;AccountKey=k',
    },
    { AzureWebJobsStorage__accountName: undefined },
  ].map(
    (change): Fault => [
      'backend.task-hub',
      beside({ 'staging.json': { ...goodSettings, ...change } }),
      'fail',
      /contosoproduction is that of staging\.json, too: only one of them has its jobs done/,
    ],
  ),
  ['backend.settings', settings({ LOG_LEVEL: 'loud' }), 'fail', /LOG_LEVEL is "loud"/],
  ['backend.verification', settings({ AUTH_MODE: 'passthrough' }), 'fail', /AUTH_MODE is passthrough/],
  [
    'backend.verification',
    settings({ AUTH_MODE: '', DISABLE_AUTH: 'true' }),
    'fail',
    /AUTH_MODE is disabled/,
  ],
  ['backend.verification', settings({ MCP_API_AUDIENCE: '' }), 'fail', /MCP_API_AUDIENCE is not set/],
  ['backend.downstream', settings({ DOWNSTREAM_SECRET: 'x' }), 'fail', /a developer’s machine alone/],
  ['backend.downstream', settings({ DOWNSTREAM_IDENTITY: 'mine' }), 'fail', /a GUID/],
  ['backend.forgery', live('withForgedToken', { status: 200, challenge: undefined }), 'fail', /forged token/],
  [
    'backend.permissions',
    tools({ permission: 'unheard.of' as never }),
    'fail',
    /No role may use pay_invoice/,
  ],
  ['backend.permissions', tools({ permission: 'billing.read' }), 'fail', /which is for reading/],
  ['backend.roles', live('tools', [...queryTools, ...typed('pay_invoice')]), 'fail', /shown pay_invoice too/],
  ['backend.roles', live('tools', queryTools.slice(1)), 'fail', /is not shown get_all_customers/],
  [
    'backend.actor',
    live('claims', { ...claims, tellsAgents: false }),
    'warn',
    /counts as that of a person, and so would that of an agent/,
  ],
  ['backend.no-role', live('toolsWithoutRole', queryTools), 'fail', /without a role is shown/],
  ['backend.audit', live('audited', false), 'fail', /not on record/],
  ['backend.state-key', settings({ STATE_SIGNING_KEY: undefined }), 'fail', /STATE_SIGNING_KEY is not set/],
  ['backend.metadata', settings({ PUBLIC_BASE_URL: undefined }), 'warn', /not the gateway/],
  [
    'backend.metadata',
    settings({ PUBLIC_BASE_URL: 'https://mcp.example/' }),
    'fail',
    /must not end with a slash/,
  ],
  [
    'backend.metadata',
    settings({ SIGN_IN: 'remote', MCP_SCOPE_PREFIX: `api://${clientId}` }),
    'warn',
    /AADSTS9010010/,
  ],
  ['backend.metadata-live', metadata({ resource: `${url}/` }), 'fail', /ends with a slash/],
  ['backend.metadata-live', metadata({ resource: 'https://func.example/mcp' }), 'fail', /func\.example/],
  ['backend.metadata-live', metadata({ authorizationServers: [] }), 'fail', /no authorization server/],
  ['backend.metadata-live', metadata({ scopes: [] }), 'fail', /names no scope/],
  ['backend.metadata-live', metadata({ scopes: ['api://x/mcp.access'] }), 'warn', /does not begin with/],
  ['backend.sign-in', settings({ AUTH_MODE: 'passthrough' }), 'fail', /AUTH_MODE is passthrough/],
  [
    'backend.sign-in',
    settings({ SIGN_IN: 'proxy', SIGN_IN_KEYS: undefined, TENANTS: oneTenant }),
    'warn',
    /SIGN_IN_KEYS is not set/,
  ],
  [
    'backend.token-audience',
    live('claims', { ...claims, aud: `api://${clientId}`, tid: elsewhere }),
    'fail',
    /The token’s aud is api/,
  ],
];
