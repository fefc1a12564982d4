import { expect, it } from 'vitest';
import { runEntry } from '../../support/run.ts';

/** The folders of the sign-in of which a service loads something. */
async function foldersWith(way: string): Promise<readonly string[]> {
  const { code, output } = await runEntry('tests/integration/sign-in/loaded-files.ts', [], {
    AZURE_FUNCTIONS_ENVIRONMENT: 'Development',
    AUTH_MODE: 'jwt',
    MCP_API_AUDIENCE: 'a0000000-0000-4000-8000-000000000001',
    DATA_STORAGE: 'UseDevelopmentStorage=true',
    PUBLIC_BASE_URL: 'http://localhost:7071',
    TENANTS: JSON.stringify([
      { slug: 'contoso', tenantIds: ['c0000000-0000-4000-8000-000000000001'], displayName: 'Contoso' },
    ]),
    SIGN_IN: way,
    SIGN_IN_CLIENT_ID: 'id',
    SIGN_IN_CLIENT_SECRET: 'secret',
  });
  expect(code, output).toBe(0);
  const files = output.split('\n').filter((line) => line.startsWith('sign-in/'));
  expect(files).toContain('sign-in/serve.ts');
  return files.flatMap((file) => /^sign-in\/([^/]+)\//.exec(file)?.[1] ?? []);
}

it.each(['remote', 'verifier'])('SIGN_IN=%s waits for no authorization server to be loaded', async (way) => {
  const folders = await foldersWith(way);
  for (const folder of ['clients', 'enterprise', 'keys', 'own', 'proxy', 'tokens']) {
    expect(folders).not.toContain(folder);
  }
});

it('SIGN_IN=proxy loads it', async () => {
  expect(await foldersWith('proxy')).toEqual(expect.arrayContaining(['clients', 'keys', 'proxy', 'tokens']));
});
