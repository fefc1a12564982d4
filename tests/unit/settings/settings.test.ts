import { describe, expect, it } from 'vitest';
import { readSettings } from '#shared/settings';
import { development, problemWith, tenants, twoTenants } from './development.ts';

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
    ['two tenants with one route', { TENANTS: twoTenants('a-mcp', 'a-mcp') }, /names the route a-mcp twice/],
    ['a route that is none', { TENANTS: twoTenants('a/b', 'b-mcp') }, /0\.route/],
    ['a route that is taken', { TENANTS: twoTenants('agentic', 'b-mcp') }, /0\.route/],
    ['a base URL with a slash', { PUBLIC_BASE_URL: 'https://mcp.example.com/' }, /must not end with a slash/],
    ['a base URL without TLS', { PUBLIC_BASE_URL: 'http://mcp.example.com' }, /https:\/\//],
    ['no storage', { DATA_STORAGE: undefined }, /DATA_STORAGE is not set/],
    ['an unknown log level', { LOG_LEVEL: 'loud' }, /LOG_LEVEL is "loud"/],
    ['two roles of one name', { QUERY_ROLE: 'all', SECURITY_ROLE: 'all' }, /called "all"/],
  ])('%s', (_what, changes, message) => {
    expect(problemWith(changes)).toMatch(message);
  });
});
