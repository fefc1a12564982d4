import { runCommand } from '../command-line/run-command.ts';
import { UsageError } from '../command-line/usage-error.ts';
import { keepSecret } from './keep-secret.ts';
import { register } from './register.ts';
import { wantedRegistrations } from './wanted.ts';

const usage = `Registers the service in Entra ID for the tenants of apim-policies/tenants.json: the API with its scope and app
roles, and, where people sign in at the service, the service itself. Can run again: it adds what is missing and takes
nothing away. Sign in with "az login" first.

  npm run entra -- --name NAME [--base-url URL] [--scope NAME] [--vault ID]

  --name NAME      begins the names of the registrations
  --base-url URL   address of the gateway: https://mcp.contoso.example
  --scope NAME     delegated scope, mcp.access unless given
  --vault ID       resource id of the key vault that keeps the secret of the service's own registration`;

const options = {
  name: { type: 'string' },
  'base-url': { type: 'string' },
  scope: { type: 'string', default: 'mcp.access' },
  vault: { type: 'string' },
} as const;

await runCommand({ usage, options }, async ({ name, 'base-url': baseUrl, scope, vault: vaultId }) => {
  if (name === undefined) {
    throw new UsageError('Name the registrations with --name.');
  }
  if (baseUrl !== undefined && (!URL.canParse(baseUrl) || !baseUrl.startsWith('https://'))) {
    throw new UsageError(
      `--base-url is "${baseUrl}"; it must be an address such as https://mcp.contoso.example.`,
    );
  }
  const vault = vaultId === undefined ? undefined : vaultOf(vaultId);
  const { api, signIn } = await register(wantedRegistrations({ name, scopeName: scope, baseUrl }));
  console.log(`API_CLIENT_ID=${api.appId}`);
  if (signIn !== undefined) {
    console.log(`SIGN_IN_CLIENT_ID=${signIn.appId}`);
    if (vault !== undefined) {
      const made = await keepSecret(signIn, vault, new Date());
      console.log(made ? 'A new secret is in the key vault.' : 'The secret in the key vault holds.');
    }
  }
});

function vaultOf(id: string) {
  const [, subscription = '', group = '', name = ''] =
    /^\/subscriptions\/([^/]+)\/resourceGroups\/([^/]+)\/providers\/Microsoft\.KeyVault\/vaults\/([^/]+)$/i.exec(
      id,
    ) ?? [];
  if (name === '') {
    throw new UsageError(`--vault is "${id}"; it must be the resource id of a key vault.`);
  }
  return { subscription, group, name };
}
