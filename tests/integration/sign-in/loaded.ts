import { expect } from 'vitest';
import { runNode } from '../../support/run.ts';

/** From the sources, one by one: a command that was put together has them in a few files. */
const fromSources = ['--import', 'tsx', 'tests/integration/sign-in/loaded-files.ts'];

/** The files of sign-in and experts that a service loads when it starts with these settings. */
export async function filesLoadedWith(
  settings: Readonly<Record<string, string>>,
): Promise<readonly string[]> {
  const { code, output } = await runNode(fromSources, {
    AZURE_FUNCTIONS_ENVIRONMENT: 'Development',
    AUTH_MODE: 'jwt',
    MCP_API_AUDIENCE: 'a0000000-0000-4000-8000-000000000001',
    DATA_STORAGE: 'UseDevelopmentStorage=true',
    PUBLIC_BASE_URL: 'http://localhost:7071',
    TENANTS: JSON.stringify([
      { slug: 'contoso', tenantIds: ['c0000000-0000-4000-8000-000000000001'], displayName: 'Contoso' },
    ]),
    ...settings,
  });
  expect(code, output).toBe(0);
  return output.split('\n');
}
