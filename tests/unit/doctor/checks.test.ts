import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { businessTools } from '#contoso/tools/index';
import { checklist, examine } from '#doctor/checks/index';
import type { Evidence } from '#doctor/evidence';
import type { Status } from '#doctor/finding';
import {
  clientId,
  gatewayFiles,
  goodEvidence,
  goodJob,
  live,
  policy,
  queryTools,
  type Spoil,
  settings,
  trial,
  url,
} from './evidence.ts';

const validateToken = 'api-contoso.xml';
const elsewhere = 'a0000000-0000-4000-8000-00000000000a';
const [, ...otherTools] = businessTools;
const payInvoice = businessTools.find(({ name }) => name === 'pay_invoice');

const goodMetadata = {
  address: 'https://mcp.example/.well-known/oauth-protected-resource/contoso-mcp/mcp',
  resource: url,
  authorizationServers: ['https://login.example'],
  scopes: [`${url}/mcp.access`],
};

/** What is made wrong, which item notices, as what, and with which words. */
const cases: readonly (readonly [string, Spoil, Status, RegExp])[] = [
  ['edge.audience', policy(validateToken, /<audience>.*<\/audience>/, ''), 'fail', /names no audience/],
  [
    'edge.audience',
    policy(validateToken, /<validate-jwt.*<\/validate-jwt>/s, ''),
    'fail',
    /without validate-jwt/,
  ],
  ['edge.tenant', policy(validateToken, /<claim name="tid".*<\/claim>/s, ''), 'fail', /does not require tid/],
  [
    'edge.tenant',
    policy(validateToken, /<issuer>.*<\/issuer>/, ''),
    'fail',
    /contoso has no issuer .*c0000000/,
  ],
  [
    'edge.tenant',
    policy(validateToken, '</issuers>', '<issuer>https://login.example/common/v2.0</issuer></issuers>'),
    'fail',
    /stands for every directory/,
  ],
  ['edge.mapping', tenants([{ slug: 'contoso', tenantIds: [elsewhere] }]), 'fail', /does not map it so/],
  ['edge.mapping', tenants([firstTenant('fabrikam')]), 'fail', /c0000000.*\(fabrikam\)/],
  ['edge.mapping', tenants([firstTenant('contoso')]), 'warn', /also maps fabrikam/],
  ['edge.routes', withoutOperations, 'fail', /there is no operation POST \/contoso-mcp\/mcp/],
  ['edge.gateway-only', settings({ GATEWAY_KEY: undefined }), 'warn', /gets around/],
  [
    'backend.plan',
    settings({ FUNCTIONS_WORKER_RUNTIME: 'node' }),
    'fail',
    /refuses FUNCTIONS_WORKER_RUNTIME/,
  ],
  ['backend.plan', settings({ website_run_from_package: '1' }), 'fail', /refuses website_run_from_package/],
  ['backend.plan', settings({ 'A:B': '1' }), 'fail', /the colon in A:B/],
  ['edge.tls', live('url', 'http://mcp.example/mcp'), 'fail', /not encrypted/],
  [
    'edge.challenge',
    live('withoutToken', { status: 200, challenge: undefined }),
    'fail',
    /answered with 200/,
  ],
  ['edge.challenge', live('withoutToken', { status: 401, challenge: 'Bearer' }), 'fail', /cannot find/],
  ['backend.settings', settings({ LOG_LEVEL: 'loud' }), 'fail', /LOG_LEVEL is "loud"/],
  ['backend.verification', settings({ AUTH_MODE: 'passthrough' }), 'fail', /AUTH_MODE is passthrough/],
  [
    'backend.verification',
    settings({ AUTH_MODE: '', DISABLE_AUTH: 'true' }),
    'fail',
    /AUTH_MODE is disabled/,
  ],
  ['backend.verification', settings({ MCP_API_AUDIENCE: '' }), 'fail', /MCP_API_AUDIENCE is not set/],
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
  ['backend.metadata', settings({ MCP_SCOPE_PREFIX: `api://${clientId}` }), 'warn', /AADSTS9010010/],
  ['backend.metadata-live', metadata({ resource: `${url}/` }), 'fail', /ends with a slash/],
  ['backend.metadata-live', metadata({ resource: 'https://func.example/mcp' }), 'fail', /func\.example/],
  ['backend.metadata-live', metadata({ authorizationServers: [] }), 'fail', /no authorization server/],
  ['backend.metadata-live', metadata({ scopes: [] }), 'fail', /names no scope/],
  ['backend.metadata-live', metadata({ scopes: ['api://x/mcp.access'] }), 'warn', /does not begin with/],
  [
    'backend.token-audience',
    live('claims', { aud: `api://${clientId}`, tid: elsewhere, oid: 'x', roles: ['query'] }),
    'fail',
    /The token’s aud is api/,
  ],
  ['agentic.domains', (evidence) => ({ ...evidence, tools: otherTools }), 'fail', /names get_all_customers/],
  ['agentic.model', settings({ AZURE_OPENAI_ENDPOINT: undefined }), 'warn', /offline playbooks/],
  [
    'agentic.model',
    settings({ AZURE_OPENAI_CHAT_DEPLOYMENT: '' }),
    'fail',
    /AZURE_OPENAI_CHAT_DEPLOYMENT is not/,
  ],
  [
    'agentic.model-version',
    settings({ AZURE_OPENAI_API_VERSION: '2024-08-01-preview' }),
    'fail',
    /2024-08-01-preview, which is too old: max_completion_tokens/,
  ],
  ['agentic.model-version', settings({ AZURE_OPENAI_API_VERSION: '2024-02-01' }), 'fail', /too old/],
  ['agentic.model-answers', trial({ answered: false }), 'fail', /no answer that could be used, in 2 turns/],
  ['agentic.model-answers', trial({ calledTool: false }), 'warn', /without calling the tool/],
  [
    'agentic.model-answers',
    (evidence) => ({ ...evidence, model: { problem: 'It refuses. (status 400, refused tools)' } }),
    'fail',
    /refused tools/,
  ],
  ['agentic.model-identity', settings({ AZURE_OPENAI_API_KEY: 'key' }), 'warn', /can leak/],
  [
    'agentic.experts',
    live('agenticTools', typed('ask_billing_expert')),
    'fail',
    /not offer ask_account_expert/,
  ],
  ['operations.streaming', policy('global.xml', 'buffer-response="false"', ''), 'fail', /buffer-response/],
  [
    'operations.streaming-live',
    live('longJob', {
      progress: goodJob.progress.map(({ value }) => ({ at: 46_990, value })),
      endedAt: 47_000,
    }),
    'fail',
    /together with the result/,
  ],
  ['operations.streaming-live', live('longJob', { progress: [], endedAt: 47_000 }), 'fail', /No progress/],
  [
    'operations.progress',
    live('longJob', { progress: [{ at: 1, value: 1 }], endedAt: 9 }),
    'fail',
    /^1 report in /,
  ],
  ['operations.progress', live('longJob', { ...goodJob, endedAt: 90_000 }), 'warn', /heard for 45\.0 s/],
  [
    'operations.progress',
    live('longJob', { progress: [...goodJob.progress, { at: 46_000, value: 5 }], endedAt: 47_000 }),
    'fail',
    /do not always increase/,
  ],
  ['operations.typed', tools({ output: z.object({}) }), 'fail', /pay_invoice have no output schema/],
  [
    'operations.typed-live',
    live('tools', [{ name: 'get_products', typedInput: true, typedOutput: false }]),
    'fail',
    /get_products come without/,
  ],
  [
    'operations.telemetry',
    settings({ APPLICATIONINSIGHTS_CONNECTION_STRING: undefined }),
    'fail',
    /Nobody would see/,
  ],
  ['operations.log-level', settings({ LOG_LEVEL: 'debug' }), 'warn', /LOG_LEVEL is debug/],
  [
    'operations.storage-identity',
    settings({ DATA_STORAGE: 'UseDevelopmentStorage=true' }),
    'fail',
    /emulator/,
  ],
  [
    'operations.storage-identity',
    settings({ DATA_STORAGE: 'AccountName=a;AccountKey=k' }),
    'warn',
    /can leak/,
  ],
  ['operations.storage-identity', settings({ AzureWebJobsStorage: 'AccountKey=k' }), 'warn', /AzureWebJobs/],
];

function tenants(list: readonly { slug: string; tenantIds: readonly string[] }[]): Spoil {
  return settings({ TENANTS: JSON.stringify(list.map((one) => ({ ...one, displayName: one.slug }))) });
}

/** The first onboarded directory, under this slug. */
function firstTenant(slug: string) {
  return { slug, tenantIds: gatewayFiles().registry.tenants[0]?.tenantIds ?? [] };
}

function withoutOperations(evidence: Evidence): Evidence {
  const files = gatewayFiles();
  const description = { ...files.bundle.description, apis: [] };
  return { ...evidence, gateway: { value: { ...files, bundle: { ...files.bundle, description } } } };
}

/** The product's tools, with pay_invoice declared otherwise. */
function tools(change: object): Spoil {
  const changed = businessTools.map((tool) => (tool === payInvoice ? { ...tool, ...change } : tool));
  return (evidence) => ({ ...evidence, tools: changed });
}

function typed(...names: string[]) {
  return names.map((name) => ({ name, typedInput: true, typedOutput: true }));
}

function metadata(change: object): Spoil {
  return live('metadata', { ...goodMetadata, ...change });
}

function find(evidence: Evidence, id: string) {
  return examine(evidence).find((item) => item.id === id);
}

describe('a deployment that is in order', () => {
  it.each(checklist.map(({ id }) => id))('passes %s', (id) => {
    expect(find(goodEvidence(), id)).toMatchObject({ status: 'pass' });
  });
});

describe('a deployment with a fault', () => {
  it.each(cases)('%s notices it (%#)', (id, spoil, status, words) => {
    const item = find(spoil(goodEvidence()), id);
    expect(item).toMatchObject({ status, reason: expect.stringMatching(words) });
    expect(item?.remedy).toMatch(/\.$/);
  });

  it('is a case above for every item', () => {
    const covered = new Set(cases.map(([id]) => id));
    expect(checklist.map(({ id }) => id).filter((id) => !covered.has(id))).toEqual([]);
  });
});

it.each<[string, Spoil, RegExp]>([
  ['agentic.model-version', settings({ AZURE_OPENAI_API_VERSION: '2024-09-01-preview' }), /-preview does/],
  ['agentic.model-version', settings({ AZURE_OPENAI_API_VERSION: '2024-10-21' }), /2024-10-21 does/],
  ['agentic.model-answers', trial({ leftOut: ['tool_choice'] }), /refuses tool_choice, which is left out/],
])('%s passes (%#)', (id, spoil, words) => {
  expect(find(spoil(goodEvidence()), id)).toMatchObject({
    status: 'pass',
    reason: expect.stringMatching(words),
  });
});

describe('what is not known', () => {
  const unknown = (state: { missing: string } | { problem: string }): Evidence => ({
    environment: state,
    flexSettings: state,
    gateway: state,
    tools: businessTools,
    model: state,
    live: Object.fromEntries(Object.keys(goodEvidence().live).map((name) => [name, state])) as never,
  });
  const ofTools = ['backend.permissions', 'agentic.domains', 'operations.typed'];

  it('is skipped when nobody asked for it', () => {
    for (const item of examine(unknown({ missing: 'Not asked for.' }))) {
      const expected = ofTools.includes(item.id)
        ? { status: 'pass' }
        : { status: 'skipped', reason: 'Not asked for.' };
      expect(item, item.id).toMatchObject(expected);
    }
  });

  it('fails when it could not be looked at', () => {
    for (const item of examine(unknown({ problem: 'fetch failed.' }))) {
      expect(item.status, item.id).toBe(ofTools.includes(item.id) ? 'pass' : 'fail');
    }
  });
});

it('every item has its own id, in its group', () => {
  expect(new Set(checklist.map(({ id }) => id)).size).toBe(checklist.length);
  for (const { id, group } of checklist) {
    expect(id.split('.')[0]).toBe(group.toLowerCase());
  }
});
