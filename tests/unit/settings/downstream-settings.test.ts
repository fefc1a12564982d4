import { expect, it } from 'vitest';
import { readSettings } from '#shared/settings';

const api = 'a1b2c3d4-0000-4000-8000-000000000000';
const identity = 'a1b2c3d4-0000-4000-8000-000000000001';
const jwt = {
  AUTH_MODE: 'jwt',
  MCP_API_AUDIENCE: `api://${api}`,
  AAD_TENANT_ID: 'c0000000-0000-4000-8000-000000000001',
  STATE_SIGNING_KEY: 'k'.repeat(40),
  DATA_STORAGE: 'UseDevelopmentStorage=true',
  AZURE_FUNCTIONS_ENVIRONMENT: 'Development',
};
const read = (env: Readonly<Record<string, string>>) => readSettings({ ...jwt, ...env }).downstream;

it('nobody is acted for unless there is a proof', () => {
  expect(read({})).toBeUndefined();
});

it('the API’s own registration asks, with the identity that it trusts', () => {
  expect(read({ DOWNSTREAM_IDENTITY: identity })).toMatchObject({
    clientId: api,
    proof: { identity },
    authority: 'https://login.microsoftonline.com',
    identifier: `api://${api}`,
  });
  expect(read({ DOWNSTREAM_SECRET: 'local' })).toMatchObject({ proof: { secrets: ['local'] } });
  expect(read({ DOWNSTREAM_SECRET: 'new,old' })).toMatchObject({ proof: { secrets: ['new', 'old'] } });
});

it('a tenant may have an exchange', () => {
  const exchange = { tokenEndpoint: 'https://sts.example.com/token', clientId: 'here' };
  const tenant = { slug: 'acme', tenantIds: [jwt.AAD_TENANT_ID], displayName: 'Acme', exchange };
  const settings = { AAD_TENANT_ID: '', DOWNSTREAM_IDENTITY: identity };
  expect(read({ ...settings, TENANTS: JSON.stringify([tenant]) })?.tenants[0]).toMatchObject({ exchange });
  const unsafe = { ...tenant, exchange: { ...exchange, tokenEndpoint: 'http://sts.example.com/token' } };
  expect(() => read({ ...settings, TENANTS: JSON.stringify([unsafe]) })).toThrow(/TENANTS is not right/);
});

it.each([
  [{ DOWNSTREAM_IDENTITY: 'mine' }, /it must be the client id of a user-assigned managed identity/],
  [{ DOWNSTREAM_IDENTITY: identity, DOWNSTREAM_SECRET: 'local' }, /keep only one of them/],
  [{ DOWNSTREAM_SECRET: 'local', AZURE_FUNCTIONS_ENVIRONMENT: 'Production' }, /machine alone/],
  [{ DOWNSTREAM_SECRET: 'local', WEBSITE_SITE_NAME: 'app', WEBSITE_INSTANCE_ID: '1' }, /machine alone/],
  [{ AUTH_MODE: 'passthrough', DOWNSTREAM_SECRET: 'local' }, /no token of a user to act with/],
  [{ MCP_API_AUDIENCE: 'http://localhost:7071/mcp', DOWNSTREAM_IDENTITY: identity }, /has no client id/],
])('%o stops the start', (env, message) => {
  expect(() => read(env)).toThrow(message);
});
