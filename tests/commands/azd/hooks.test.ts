import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { hooks } from '../../../scripts/azd/hooks.ts';
import { projectDir } from '../../../scripts/lib/project-dir.ts';
import { endOf, runEntry } from '../../support/run.ts';
import { type Answer, Recorder, type Started } from './recorder.ts';

const timeoutMs = 120_000;
const recorder = new Recorder(['az', 'azd', 'npm']);
const { scripts } = JSON.parse(readFileSync(path.join(projectDir, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>;
};
const project = parse(readFileSync(path.join(projectDir, 'azure.yaml'), 'utf8')) as {
  hooks: Record<string, { run: string }>;
};

const application = (appId: string, more: object = {}) => ({
  id: `object-of-${appId}`,
  appId,
  identifierUris: [],
  appRoles: [],
  api: { oauth2PermissionScopes: [] },
  web: { redirectUris: [] },
  passwordCredentials: [],
  ...more,
});
const scope = { id: 'scope-id', value: 'mcp.access' };
const api = application('api-id', { api: { oauth2PermissionScopes: [scope] } });
const newSecret = { keyId: 'new-key', secretText: 'the secret text' };

/** A directory in which both are registered. */
const registered = (signIn: object = {}): readonly Answer[] => [
  { to: "ad app list --filter displayName eq 'MCP dev API'", output: [api] },
  {
    to: "ad app list --filter displayName eq 'MCP dev sign-in'",
    output: [application('sign-in-id', signIn)],
  },
  { to: 'ad app show --id api-id', output: api },
  { to: '/addPassword', output: newSecret },
];

const provisioned = {
  AZURE_ENV_NAME: 'dev',
  AZURE_SUBSCRIPTION_ID: 'sub',
  AZURE_RESOURCE_GROUP: 'rg-dev',
  KEY_VAULT_NAME: 'kv-dev',
  APIM_SERVICE_ID:
    '/subscriptions/sub/resourceGroups/rg-dev/providers/Microsoft.ApiManagement/service/apim-dev',
  FUNCTION_APPS: 'func-contoso func-fabrikam',
  PUBLIC_BASE_URL: 'https://mcp.contoso.example',
  MCP_ENDPOINTS: 'https://mcp.contoso.example/contoso-mcp/mcp https://mcp.contoso.example/fabrikam-mcp/mcp',
  DATA_STORAGES: 'contoso=https://stdc.table.core.windows.net fabrikam=https://stdf.table.core.windows.net',
};

const linesOf = (started: readonly Started[]) =>
  started.map(({ program, args }) => [program, ...args].join(' '));

/** As azd runs it, in a process of its own. */
async function run(hook: string, env: Record<string, string> = provisioned) {
  const ended = await runEntry('scripts/azd/cli.ts', [hook], { ...env, ...recorder.env });
  const started = recorder.take();
  return { ...ended, started, lines: linesOf(started) };
}

/** In this process, whose programs are the recorder's. */
async function call(hook: string, env: Record<string, string> = provisioned) {
  await hooks[hook]?.(env);
  const started = recorder.take();
  return { started, lines: linesOf(started) };
}

/** The bodies of the requests that `az` was to send to an address in which this stands. */
const bodiesTo = (started: readonly Started[], part: string) =>
  started
    .filter(({ args }) => args.some((arg) => arg.includes(part)))
    .flatMap(({ files }) => files.map((file) => JSON.parse(file)));

describe.skipIf(process.platform === 'win32')('what azd runs', () => {
  const { PATH } = process.env;

  beforeAll(() => {
    Object.assign(process.env, recorder.env);
  });
  beforeEach(() => recorder.answer([]));
  afterAll(() => {
    process.env.PATH = PATH;
    recorder.remove();
  });

  it.each(Object.entries(project.hooks))(
    '%s calls a hook that there is',
    async (name, { run: line }) => {
      const ended = await endOf(
        spawn('sh', ['-c', line], {
          cwd: projectDir,
          env: { ...process.env, ...recorder.env },
          stdio: ['ignore', 'pipe', 'pipe'],
        }),
      );
      expect(ended.code).toBe(0);
      expect(recorder.take().map(({ args }) => args.join(' '))).toEqual([`run --silent azd:hook -- ${name}`]);
      expect(Object.keys(scripts)).toContain('azd:hook');
    },
    timeoutMs,
  );

  it(
    'before provisioning: policies, and registrations that are not there yet',
    async () => {
      recorder.answer([
        { to: 'ad app list', output: [] },
        { to: 'ad app create --display-name MCP dev API', output: application('api-id') },
        { to: 'ad app create --display-name MCP dev sign-in', output: application('sign-in-id') },
        { to: 'ad app show --id api-id', output: api },
      ]);
      const { lines, started } = await call('preprovision', { AZURE_ENV_NAME: 'dev' });
      expect(lines.slice(0, 2)).toEqual([
        'npm run --silent policies -- --check',
        'npm run --silent check:policies --',
      ]);
      expect(lines).toContain('az ad sp create --id api-id --output json');
      expect(lines).toContain('azd env set API_CLIENT_ID api-id');
      expect(lines).toContain('azd env set SIGN_IN_CLIENT_ID sign-in-id');
      const [first, second] = bodiesTo(started, 'applications/object-of-api-id');
      expect(first).toMatchObject({
        identifierUris: ['api://api-id'],
        api: { requestedAccessTokenVersion: 2 },
      });
      expect(first.appRoles.map(({ value }: { value: string }) => value)).toEqual([
        'query',
        'billing',
        'agent',
        'security',
        'approver',
      ]);
      expect(second.api).toMatchObject({
        knownClientApplications: ['sign-in-id'],
        preAuthorizedApplications: [{ appId: 'aebc6443-996d-45c2-90f0-388ff96faa56' }],
      });
      expect(second.api.preAuthorizedApplications[0].delegatedPermissionIds).toEqual([
        first.api.oauth2PermissionScopes[0].id,
      ]);
    },
    timeoutMs,
  );

  it(
    'after provisioning: addresses, the secret in the vault and nowhere else, no APIs of tenants that left',
    async () => {
      recorder.answer(registered());
      const { code, output, lines, started } = await run('postprovision');
      expect(code, output).toBe(0);
      const [signIn] = bodiesTo(started, 'applications/object-of-sign-in-id');
      expect(signIn).toEqual({
        web: {
          redirectUris: ['contoso', 'fabrikam'].map(
            (slug) => `https://mcp.contoso.example/${slug}-mcp/oauth/callback`,
          ),
        },
        requiredResourceAccess: [
          { resourceAppId: 'api-id', resourceAccess: [{ id: 'scope-id', type: 'Scope' }] },
        ],
      });
      const [first] = bodiesTo(started, 'applications/object-of-api-id');
      expect(first.identifierUris).toContain('https://mcp.contoso.example/fabrikam-mcp/agentic/mcp');
      expect(bodiesTo(started, '/vaults/kv-dev/secrets/sign-in')).toEqual([
        { tags: { credential: 'new-key' }, properties: { value: 'the secret text' } },
      ]);
      expect(lines.at(-1)).toBe(
        `npm run --silent deploy:policies -- --service ${provisioned.APIM_SERVICE_ID} --remove-only`,
      );
      expect([...lines, output].join('\n')).not.toContain('the secret text');
    },
    timeoutMs,
  );

  it(
    'a second time: a secret that holds is kept, and what somebody added stays',
    async () => {
      const endDateTime = new Date(Date.now() + 300 * 86_400_000).toISOString();
      recorder.answer([
        { to: 'rest --method get', output: { tags: { credential: 'old-key' } } },
        ...registered({
          passwordCredentials: [{ keyId: 'old-key', endDateTime }],
          web: { redirectUris: ['https://by.hand/callback'] },
        }),
      ]);
      const { lines, started } = await call('postprovision');
      expect(lines.filter((line) => line.includes('addPassword'))).toEqual([]);
      const [{ web }] = bodiesTo(started, 'applications/object-of-sign-in-id');
      expect(web.redirectUris[0]).toBe('https://by.hand/callback');
      const [first] = bodiesTo(started, 'applications/object-of-api-id');
      expect(first.api.oauth2PermissionScopes).toEqual([scope]);
    },
    timeoutMs,
  );

  it(
    'a secret that soon ends is followed by a new one',
    async () => {
      const endDateTime = new Date(Date.now() + 30 * 86_400_000).toISOString();
      recorder.answer([
        { to: 'rest --method get', output: { tags: { credential: 'old-key' } } },
        ...registered({ passwordCredentials: [{ keyId: 'old-key', endDateTime }] }),
      ]);
      const { lines } = await call('postprovision');
      expect(lines.filter((line) => line.includes('addPassword'))).toHaveLength(1);
    },
    timeoutMs,
  );

  it(
    'before deploying: the package',
    async () => {
      expect((await call('predeploy')).lines).toEqual(['npm run --silent package --']);
    },
    timeoutMs,
  );

  it(
    'after deploying: the doctor looks at every app and at the gateway',
    async () => {
      recorder.answer([{ to: 'appsettings list', output: [{ name: 'AUTH_MODE', value: 'jwt' }] }]);
      const { lines, started } = await call('postdeploy');
      const asked = started.filter(({ args }) => args.includes('--settings'));
      expect(asked.map(({ files }) => files)).toEqual([
        ['[{"name":"AUTH_MODE","value":"jwt"}]'],
        ['[{"name":"AUTH_MODE","value":"jwt"}]'],
      ]);
      expect(lines.at(-1)).toBe(
        'npm run --silent doctor -- --only-live --url https://mcp.contoso.example/contoso-mcp/mcp',
      );
    },
    timeoutMs,
  );

  it(
    'seeds where it is asked to',
    async () => {
      const { lines } = await call('postdeploy', { ...provisioned, SEED: 'true' });
      expect(lines.slice(-2)).toEqual([
        'npm run --silent seed -- --tenant contoso --storage https://stdc.table.core.windows.net',
        'npm run --silent seed -- --tenant fabrikam --storage https://stdf.table.core.windows.net',
      ]);
    },
    timeoutMs,
  );

  it(
    'says what is missing outside azd',
    async () => {
      const { code, output } = await run('postdeploy', { AZURE_RESOURCE_GROUP: '' });
      expect(code).toBe(1);
      expect(output).toBe(
        'AZURE_RESOURCE_GROUP is not in the environment of azd; run this as a hook of azd, after azd provision.\n',
      );
    },
    timeoutMs,
  );

  it(
    'every command of ours that it starts is one',
    async () => {
      recorder.answer(registered());
      const { lines } = await call('postprovision');
      const names = lines.flatMap((line) => /^npm run --silent (\S+)/.exec(line)?.[1] ?? []);
      expect(names.filter((name) => !(name in scripts))).toEqual([]);
    },
    timeoutMs,
  );
});
