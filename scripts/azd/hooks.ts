import { readRegistry } from '#gateway/registry';
import { npmRun, outputOf, withFile } from '../azure/run.ts';
import { keepSecret } from '../entra/keep-secret.ts';
import { type Registered, register } from '../entra/register.ts';
import { wantedRegistrations } from '../entra/wanted.ts';
import { type AzdEnvironment, flagOf, keep, required } from './environment.ts';

export type Hook = (env: AzdEnvironment) => Promise<void>;

/** What azd runs before and after its own steps, by the names that azure.yaml has. */
export const hooks: Readonly<Record<string, Hook>> = {
  /** The templates take the policies as they are in the files, and the client ids from the environment. */
  async preprovision(env) {
    await npmRun('policies', ['--check']);
    await npmRun('check:policies');
    const { api, signIn } = await registrations(env, env.PUBLIC_BASE_URL);
    await keep('API_CLIENT_ID', api.appId);
    if (signIn !== undefined) {
      await keep('SIGN_IN_CLIENT_ID', signIn.appId);
    }
  },

  /** Now the address of the gateway is known, and there is a key vault. */
  async postprovision(env) {
    const { signIn } = await registrations(env, required(env, 'PUBLIC_BASE_URL'));
    if (signIn !== undefined) {
      const vault = {
        subscription: required(env, 'AZURE_SUBSCRIPTION_ID'),
        group: required(env, 'AZURE_RESOURCE_GROUP'),
        name: required(env, 'KEY_VAULT_NAME'),
      };
      await keepSecret(signIn, vault, new Date());
    }
    await npmRun('deploy:policies', ['--service', required(env, 'APIM_SERVICE_ID'), '--remove-only']);
  },

  async predeploy() {
    await npmRun('package');
  },

  async postdeploy(env) {
    await examineApps(env);
    await npmRun('doctor', ['--only-live', '--url', firstOf(required(env, 'MCP_ENDPOINTS'))]);
    if (flagOf(env, 'SEED')) {
      await seed(env);
    }
  },
};

function registrations(env: AzdEnvironment, baseUrl: string | undefined): Promise<Registered> {
  const name = `MCP ${required(env, 'AZURE_ENV_NAME')}`;
  return register(wantedRegistrations({ name, scopeName: env.SCOPE_NAME ?? 'mcp.access', baseUrl }));
}

async function examineApps(env: AzdEnvironment): Promise<void> {
  const group = required(env, 'AZURE_RESOURCE_GROUP');
  for (const app of required(env, 'FUNCTION_APPS').split(' ')) {
    const which = ['--resource-group', group, '--name', app, '--output', 'json'];
    const settings = await outputOf('az', ['functionapp', 'config', 'appsettings', 'list', ...which]);
    await withFile(settings, (file) => npmRun('doctor', ['--settings', file, '--no-model']));
  }
}

/** Each tenant’s demo data go where its backend keeps data. */
async function seed(env: AzdEnvironment): Promise<void> {
  const storages = new Map(
    required(env, 'DATA_STORAGES')
      .split(' ')
      .map((pair) => pair.split('=') as [string, string]),
  );
  for (const { slug, backend } of readRegistry().tenants) {
    const storage = storages.get(backend);
    if (storage === undefined) {
      throw new Error(`DATA_STORAGES names no storage of the backend ${backend}; run azd provision.`);
    }
    await npmRun('seed', ['--tenant', slug, '--storage', storage]);
  }
}

function firstOf(list: string): string {
  return list.split(' ')[0] ?? list;
}
