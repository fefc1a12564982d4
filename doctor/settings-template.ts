import { backendTenant } from '../gateway/backend-tenant.ts';
import { readRegistry } from '../gateway/registry.ts';

const vault = (name: string) =>
  `@Microsoft.KeyVault(SecretUri=https://VAULT.vault.azure.net/secrets/${name})`;

/**
 * The app settings of a backend to fill in, in the form that the Azure CLI prints and takes. What is written in capitals,
 * and the client ids, are for the reader to replace; tenants are those of the registry that the first one shares its backend with.
 */
export function settingsTemplate(): string {
  const [first, ...others] = readRegistry().tenants;
  const served =
    first === undefined ? [] : [first, ...others.filter(({ backend }) => backend === first.backend)];
  const way = first?.signIn ?? 'remote';
  const settings: Readonly<Record<string, string>> = {
    AUTH_MODE: 'jwt',
    MCP_API_AUDIENCE: 'CLIENT-ID-OF-THE-API',
    TENANTS: JSON.stringify(served.map(backendTenant)),
    ...(way === 'remote' ? {} : { SIGN_IN: way, SIGN_IN_KEYS: vault('sign-in-keys') }),
    ...(way === 'proxy'
      ? {
          SIGN_IN_CLIENT_ID: '00000000-0000-0000-0000-000000000000',
          SIGN_IN_CLIENT_SECRET: vault('sign-in'),
        }
      : {}),
    PUBLIC_BASE_URL: `https://GATEWAY.azure-api.net/${first?.route}`,
    GATEWAY_KEY: vault('gateway-key'),
    STATE_SIGNING_KEY: vault('state-signing-key'),
    DATA_STORAGE: 'https://STORAGE.table.core.windows.net',
    AzureWebJobsStorage__accountName: 'STORAGE',
    AUDIT_DAYS: '365',
    TRAIL_COPIES: 'https://ARCHIVE.blob.core.windows.net/trail',
    FUNCTIONS_REQUEST_BODY_SIZE_LIMIT: '2097152',
    AzureFunctionsJobHost__functionTimeout: '-1',
    AzureFunctionsJobHost__extensions__durableTask__hubName: `${first?.slug}production`,
    APPLICATIONINSIGHTS_CONNECTION_STRING: 'InstrumentationKey=00000000-0000-0000-0000-000000000000',
  };
  const list = Object.entries(settings).map(([name, value]) => ({ name, value }));
  return `${JSON.stringify(list, null, 2)}\n`;
}
