import { expect } from 'vitest';
import { SettingsError } from '#platform/settings/read';
import { readSettings } from '#shared/settings';

export const tenants = JSON.stringify([
  { slug: 'contoso', tenantIds: ['c0000000-0000-4000-8000-000000000001'], displayName: 'Contoso' },
]);

export function twoTenants(one: string, other: string): string {
  return JSON.stringify([
    { slug: 'aa', tenantIds: ['c0000000-0000-4000-8000-000000000001'], displayName: 'A', route: one },
    { slug: 'bb', tenantIds: ['d0000000-0000-4000-8000-000000000002'], displayName: 'B', route: other },
  ]);
}

/** Settings with which the service starts on a developer's machine. */
export const development = {
  AZURE_FUNCTIONS_ENVIRONMENT: 'Development',
  WEBSITE_HOSTNAME: 'localhost:7071',
  AUTH_MODE: 'passthrough',
  TENANTS: tenants,
  DATA_STORAGE: 'UseDevelopmentStorage=true',
};

/** What is said about these settings with such changes, with which the service must not start. */
export function problemWith(changes: Record<string, string | undefined>): string {
  try {
    readSettings({ ...development, ...changes });
  } catch (error) {
    expect(error).toBeInstanceOf(SettingsError);
    return (error as Error).message;
  }
  throw new Error('These settings were accepted.');
}

/** Settings of an app in Azure that verifies tokens. */
export const api = 'a1b2c3d4-0000-4000-8000-000000000000';
export const jwt = {
  ...development,
  AUTH_MODE: undefined,
  AZURE_FUNCTIONS_ENVIRONMENT: 'Production',
  WEBSITE_HOSTNAME: 'mcp.example.com',
  WEBSITE_SITE_NAME: 'mcp',
  MCP_API_AUDIENCE: api,
  STATE_SIGNING_KEY: 's'.repeat(32),
};

export function problemWithJwt(changes: Record<string, string | undefined>): string {
  return problemWith({ ...jwt, ...changes });
}
