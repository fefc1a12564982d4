import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectDir } from '#scripts/lib/project-dir';
import { gateway } from '../../../scripts/infra/checks/gateway.ts';
import { privateNetwork } from '../../../scripts/infra/checks/private.ts';
import { documentedRoles, roles } from '../../../scripts/infra/checks/roles.ts';
import { secrets } from '../../../scripts/infra/checks/secrets.ts';
import { services } from '../../../scripts/infra/checks/services.ts';
import { settings } from '../../../scripts/infra/checks/settings.ts';
import type { Predicted, Prediction } from '../../../scripts/infra/predict.ts';

const group = '/subscriptions/s/resourceGroups/g/providers';

function resource(type: string, name: string, properties: Record<string, unknown>): Predicted {
  const [provider = '', ...kinds] = type.split('/');
  const names = name.split('/');
  const id = `${group}/${provider}/${kinds.map((kind, index) => `${kind}/${names[index]}`).join('/')}`;
  return { id, type, name, properties };
}

function prediction(resources: readonly Predicted[], outputs = {}): Prediction {
  return { form: 'private', resources, outputs };
}

const vault = '@Microsoft.KeyVault(SecretUri=https://kv.vault.azure.net/secrets/';
const complete = {
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
const appSettings = (set: Record<string, string>) =>
  prediction([resource('Microsoft.Web/sites/config', 'func/appsettings', set)]);

describe('app settings', () => {
  it('that are complete are in order', () => {
    expect(settings.problems(appSettings(complete))).toEqual([]);
  });

  it('a setting that the code reads has to be set, or left out with a reason', () => {
    const { LOG_LEVEL: _, ...rest } = complete;
    expect(settings.problems(appSettings(rest)).join()).toContain('the code reads LOG_LEVEL');
  });

  it('a setting that nothing reads is told', () => {
    expect(settings.problems(appSettings({ ...complete, LOG_COLOUR: 'red' }))).toEqual([
      'private, func/appsettings: nothing reads LOG_COLOUR',
    ]);
  });

  it('a value with which the service would not start is told', () => {
    const [problem] = settings.problems(appSettings({ ...complete, AUTH_MODE: 'passthrough' }));
    expect(problem).toContain('the service would not start: AUTH_MODE is passthrough');
  });

  it('none at all are not in order', () => {
    expect(settings.problems(prediction([]))).toEqual(['private: no app has settings.']);
  });
});

describe('secrets', () => {
  it('that stand in an app setting are told', () => {
    expect(secrets.problems(appSettings({ ...complete, GATEWAY_KEY: 'in the open' }))).toEqual([
      'private, func/appsettings: GATEWAY_KEY is no reference to the key vault',
    ]);
  });

  it.each(["[listKeys('x').keys[0].value]", "[reference('x').ConnectionString]"])(
    'that are an output are told: %s',
    (value) => {
      expect(secrets.problems(prediction([], { KEY: value }))).toEqual([
        'private: the output KEY has a secret in it',
      ]);
    },
  );

  it('a storage account that takes keys is told', () => {
    const account = resource('Microsoft.Storage/storageAccounts', 'st', {});
    expect(secrets.problems(prediction([account]))).toEqual(['private: st takes keys']);
  });
});

describe('the private network', () => {
  const site = (access: string) => resource('Microsoft.Web/sites', 'func', { publicNetworkAccess: access });
  const endpoint = resource('Microsoft.Network/privateEndpoints', 'pe', {
    privateLinkServiceConnections: [
      { properties: { privateLinkServiceId: site('').id, groupIds: ['sites'] } },
    ],
  });

  it('has an address for everything that has one', () => {
    expect(privateNetwork.problems(prediction([site('Disabled'), endpoint]))).toEqual([]);
    expect(privateNetwork.problems(prediction([site('Disabled')]))).toEqual([
      'Microsoft.Web/sites func has no address in the private network for sites',
    ]);
  });

  it('leaves nothing open', () => {
    expect(privateNetwork.problems(prediction([site('Enabled'), endpoint]))).toEqual([
      'Microsoft.Web/sites func is reached from outside',
    ]);
  });

  it('does not pass over a kind of resource that nobody thought of', () => {
    const cache = resource('Microsoft.Cache/redis', 'cache', { publicNetworkAccess: 'Enabled' });
    expect(privateNetwork.problems(prediction([cache])).join()).toContain(
      'say in scripts/infra/checks/private.ts',
    );
  });
});

describe('roles', () => {
  const assigned = (scope: string, role: string) =>
    prediction([
      {
        ...resource('Microsoft.Authorization/roleAssignments', 'r', {
          principalId: "[reference('/x/Microsoft.Web/sites/func').identity.principalId]",
          roleDefinitionId: `/providers/Microsoft.Authorization/roleDefinitions/${role}`,
        }),
        id: `${group}/${scope}/providers/Microsoft.Authorization/roleAssignments/r`,
      },
    ]);
  const tables = '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3';
  const given = (found: Prediction) =>
    roles.problems(found).filter((problem) => problem.includes('is given'));

  it('that are given as the page says are in order', () => {
    expect(given(assigned('Microsoft.Storage/storageAccounts/stdx', tables))).toEqual([]);
  });

  it('on more than they are needed for are told', () => {
    expect(given(assigned('Microsoft.Resources/resourceGroups/g', tables)).join()).toContain('too much');
  });

  it('that the page does not have are told', () => {
    const owner = '8e3af657-a8ff-443c-a75c-2fe8c4bcb635';
    expect(given(assigned('Microsoft.Storage/storageAccounts/stdx', owner)).join()).toContain(
      'a role that infra/roles.json does not name',
    );
  });

  it('of the page that are not given are told', () => {
    const page = readFileSync(path.join(projectDir, 'docs/deploying.md'), 'utf8');
    expect(documentedRoles(page).length).toBeGreaterThan(8);
    const problems = roles.problems(prediction([]));
    expect(problems).toHaveLength(documentedRoles(page).length);
  });
});

describe('the gateway', () => {
  it('misses everything that is not made, and has nothing that nobody wants', () => {
    const other = resource('Microsoft.ApiManagement/service/apis', 'apim/other', {});
    const problems = gateway.problems(prediction([other]));
    expect(problems).toContain('private, gateway: policies/policy is not made');
    expect(problems).toContain(
      'private, gateway: apis/other is made, and apim-policies/ has nothing like it',
    );
  });

  it('has the very texts of apim-policies/', () => {
    const value = readFileSync(path.join(projectDir, 'apim-policies/global.xml'), 'utf8');
    const made = (text: string) =>
      gateway
        .problems(
          prediction([
            resource('Microsoft.ApiManagement/service/policies', 'apim/policy', {
              value: text,
              format: 'xml',
            }),
          ]),
        )
        .filter((problem) => problem.includes('policies/policy is not what'));
    expect(made(value)).toEqual([]);
    expect(made(`${value} `)).toHaveLength(1);
  });

  it('logs no bodies', () => {
    const body = (bytes: number) => ({ request: { body: { bytes: 0 } }, response: { body: { bytes } } });
    const diagnostics = (bytes: number) =>
      resource('Microsoft.ApiManagement/service/diagnostics', 'apim/log', {
        frontend: body(0),
        backend: body(bytes),
      });
    const told = (bytes: number) =>
      gateway.problems(prediction([diagnostics(bytes)])).filter((problem) => problem.includes('logs bodies'));
    expect(told(0)).toEqual([]);
    expect(told(1024)).toHaveLength(1);
  });
});

describe('services of azure.yaml', () => {
  const app = (backend: string) => ({
    ...resource('Microsoft.Web/sites', `func-${backend}`, {}),
    tags: { 'azd-service-name': backend },
  });

  it('are the apps', () => {
    expect(services.problems(prediction([app('contoso'), app('fabrikam')]))).toEqual([]);
    expect(services.problems(prediction([app('contoso'), app('northwind')]))).toEqual([
      'private: azure.yaml has no service northwind: nothing would be deployed to it',
      'private: azure.yaml has the service fabrikam, and no tenant has that backend',
    ]);
  });
});
