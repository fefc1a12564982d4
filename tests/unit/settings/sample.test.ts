import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { projectDir } from '#scripts/lib/project-dir';
import { readSettings } from '#shared/settings';

const file = path.join(projectDir, 'local.settings.sample.json');
const sample = (JSON.parse(readFileSync(file, 'utf8')) as { Values: Record<string, string> }).Values;

/** Set by the Functions host or by Azure, never by a person. */
const ofTheHost =
  /^(WEBSITE_|AZURE_FUNCTIONS_ENVIRONMENT$|LEGION_|ASPNETCORE_|CONTAINER_APP_NAME$|IDENTITY_ENDPOINT$|MSI_ENDPOINT$)/;

/** The names that reading the settings looks up. */
function namesLookedUp(values: Record<string, string>): string[] {
  const names = new Set<string>();
  const env = { ...values, AZURE_FUNCTIONS_ENVIRONMENT: 'Development' };
  readSettings(
    new Proxy(env, {
      get(target, name) {
        names.add(String(name));
        return target[name as keyof typeof target];
      },
    }),
  );
  return [...names];
}

it('the sample starts a service on a developer’s machine', () => {
  expect(readSettings({ ...sample, AZURE_FUNCTIONS_ENVIRONMENT: 'Development' }).auth.mode).toBe(
    'passthrough',
  );
});

const jwt = { AUTH_MODE: 'jwt', MCP_API_AUDIENCE: 'a1b2c3d4-0000-4000-8000-000000000000' };
const proxy = { ...jwt, SIGN_IN: 'proxy', SIGN_IN_CLIENT_ID: 'x', SIGN_IN_CLIENT_SECRET: 'x', TENANTS: '' };
const oneDirectory = { TENANTS: '', AAD_TENANT_ID: 'c0000000-0000-4000-8000-000000000001' };
const azureModel = { AZURE_OPENAI_ENDPOINT: 'https://x.openai.azure.com', AZURE_OPENAI_CHAT_DEPLOYMENT: 'x' };
const secondAzure = {
  ...azureModel,
  AZURE_OPENAI_SECOND_ENDPOINT: 'https://y.openai.azure.com',
  AZURE_OPENAI_SECOND_CHAT_DEPLOYMENT: 'y',
};
const otherModel = { OPENAI_BASE_URL: 'https://models.example.com/v1', OPENAI_CHAT_MODEL: 'x' };

/** Settings of which one deployment uses only some. */
const settings = new Set(
  [{}, jwt, { ...proxy, ...oneDirectory }, oneDirectory, azureModel, secondAzure, otherModel].flatMap(
    (some) => namesLookedUp({ ...sample, ...some }),
  ),
);

it('lists every setting there is', () => {
  expect([...settings].filter((name) => !ofTheHost.test(name) && !(name in sample))).toEqual([]);
});

it('lists nothing that is not a setting', () => {
  const known = new Set(['FUNCTIONS_WORKER_RUNTIME', 'AzureWebJobsStorage', ...settings]);
  expect(Object.keys(sample).filter((name) => !known.has(name))).toEqual([]);
});
