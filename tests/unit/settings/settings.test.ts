import { describe, expect, it } from 'vitest';
import { readSettings, SettingsError } from '../../../shared/settings.ts';

const tenants = JSON.stringify([
  { slug: 'contoso', tenantIds: ['c0000000-0000-4000-8000-000000000001'], displayName: 'Contoso' },
]);

const development = {
  AZURE_FUNCTIONS_ENVIRONMENT: 'Development',
  WEBSITE_HOSTNAME: 'localhost:7071',
  AUTH_MODE: 'passthrough',
  TENANTS: tenants,
  DATA_STORAGE: 'UseDevelopmentStorage=true',
};

function problemWith(changes: Record<string, string | undefined>): string {
  try {
    readSettings({ ...development, ...changes });
  } catch (error) {
    expect(error).toBeInstanceOf(SettingsError);
    return (error as Error).message;
  }
  throw new Error('These settings were accepted.');
}

describe('settings', () => {
  it('are read from the environment', () => {
    const settings = readSettings(development);
    expect(settings.tenants).toMatchObject([{ slug: 'contoso', displayName: 'Contoso' }]);
    expect(settings.publicBaseUrl).toBe('http://localhost:7071');
    expect(settings.allowedHosts).toContain('127.0.0.1');
    expect(settings.logLevel).toBe('info');
  });

  it('fall back to the storage of the Functions host', () => {
    const { DATA_STORAGE: connection, ...rest } = development;
    expect(readSettings({ ...rest, AzureWebJobsStorage: connection }).dataStorage).toBe(connection);
  });

  it('do not open the loopback names outside Development', () => {
    const settings = readSettings({
      ...development,
      WEBSITE_HOSTNAME: 'localhost:7071',
      PUBLIC_BASE_URL: 'https://mcp.example.com',
    });
    expect(settings.allowedHosts).toContain('mcp.example.com');
    expect(() => readSettings({ ...development, AZURE_FUNCTIONS_ENVIRONMENT: 'Production' })).toThrow(
      /Development/,
    );
  });
});

describe('a wrong setting stops the start with its name, what it is and what it must be', () => {
  it.each([
    ['AUTH_MODE', { AUTH_MODE: 'none' }, /AUTH_MODE is "none".*jwt, passthrough, disabled/],
    ['AUTH_MODE and an alias', { DISABLE_AUTH: 'true' }, /passthrough and disabled; keep only one/],
    ['an alias that is no flag', { DISABLE_AUTH: 'perhaps' }, /DISABLE_AUTH is "perhaps".*true or false/],
    ['no TENANTS', { TENANTS: undefined }, /TENANTS is not set/],
    ['TENANTS that is not JSON', { TENANTS: 'contoso' }, /TENANTS is not JSON/],
    ['TENANTS without ids', { TENANTS: '[{"slug":"a1","displayName":"A"}]' }, /0\.tenantIds/],
    ['a slug that is no table name', { TENANTS: tenants.replace('contoso', 'con-toso') }, /con-toso/],
    [
      'one directory for two tenants',
      { TENANTS: `[${tenants.slice(1, -1)},${tenants.slice(1, -1).replace('contoso', 'fabrikam')}]` },
      /directory id .* twice/,
    ],
    ['a base URL with a slash', { PUBLIC_BASE_URL: 'https://mcp.example.com/' }, /must not end with a slash/],
    ['a base URL without TLS', { PUBLIC_BASE_URL: 'http://mcp.example.com' }, /https:\/\//],
    ['no storage', { DATA_STORAGE: undefined }, /DATA_STORAGE is not set/],
    ['an unknown log level', { LOG_LEVEL: 'loud' }, /LOG_LEVEL is "loud"/],
    ['two roles of one name', { QUERY_ROLE: 'all', SECURITY_ROLE: 'all' }, /called "all"/],
  ])('%s', (_what, changes, message) => {
    expect(problemWith(changes)).toMatch(message);
  });
});

describe('modes that verify nobody', () => {
  const signs = {
    WEBSITE_INSTANCE_ID: 'a1',
    WEBSITE_SITE_NAME: 'site',
    IDENTITY_ENDPOINT: 'http://169.254.1.1/',
    CONTAINER_APP_NAME: 'c',
    WEBSITE_HOSTNAME: 'site.azurewebsites.net',
  };

  it.each(Object.entries(signs))('never start in Azure (%s)', (name, value) => {
    expect(problemWith({ AUTH_MODE: 'passthrough', [name]: value })).toMatch(/in Azure it must be jwt/);
    expect(problemWith({ AUTH_MODE: 'disabled', [name]: value })).toMatch(/in Azure it must be jwt/);
  });

  it('start in Development only', () => {
    expect(problemWith({ AZURE_FUNCTIONS_ENVIRONMENT: undefined })).toMatch(/Development/);
    expect(problemWith({ AZURE_FUNCTIONS_ENVIRONMENT: 'Staging' })).toMatch(/Development/);
  });
});
