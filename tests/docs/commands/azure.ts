import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect } from 'vitest';
import { describeNamedValues } from '../../../apim-policies/generate/named-values.ts';
import { readRegistry } from '../../../apim-policies/registry.ts';
import { blocksOf } from '../reading/markdown.ts';
import { readFile } from '../reading/tree.ts';
import { type Entry, expectDone } from '../running/entry.ts';

/** What prepares or judges a deployment, and needs none. */
export const azureCommands: readonly Entry[] = [
  {
    command: 'npm run doctor',
    async check(typed) {
      // without --settings, the environment, which says nothing here
      const { code, output } = await typed.run();
      expect(code).toBe(1);
      expect(output).toContain('MCP_API_AUDIENCE is not set');
    },
  },
  {
    command: 'npm run doctor -- --settings local.settings.sample.json',
    async check(typed) {
      const { code, output } = await typed.run();
      expect(code).toBe(1);
      expectCounts('The sample settings alone gave', output);
    },
  },
  {
    command: 'npm run doctor -- --settings FILE',
    async check(typed, { copy }) {
      const file = path.join(copy.dir, '.local/wrong.json');
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(file, JSON.stringify({ Values: { ...documentedSettings(), LOG_LEVEL: 'loud' } }));
      const { code, output } = await typed.run({ instead: { FILE: file } });
      expect(code).toBe(1);
      expect(output).toContain('LOG_LEVEL is "loud"');
    },
  },
  {
    command: 'npm run doctor -- --settings local.settings.json',
    async check(typed, { copy }) {
      const settings = path.join(copy.dir, 'local.settings.json');
      await writeFile(settings, readFile('local.settings.sample.json'));
      expect((await typed.run()).code).toBe(1);
      await writeFile(settings, JSON.stringify({ IsEncrypted: false, Values: documentedSettings() }));
      expect(await expectDone(typed)).toMatch(/ 0 fail,/);
    },
  },
  {
    command: 'npm run deploy:policies -- --service $APIM_ID --values gateway-values.json --dry-run',
    async check(typed, { copy }) {
      await writeFile(path.join(copy.dir, 'gateway-values.json'), JSON.stringify(gatewayValues()));
      const service = 'providers/Microsoft.ApiManagement/service/gateway';
      const env = { APIM_ID: `/subscriptions/one/resourceGroups/group/${service}` };
      const output = await expectDone(typed, { env });
      for (const what of ['namedValues/', 'backends/contoso', 'policyFragments/', 'apis/'])
        expect(output).toContain(`would write  ${what}`);
    },
  },
];

/** The doctor’s last line has the numbers that its page says after these words. */
export function expectCounts(words: string, output: string): void {
  const [, ...counts] = /^(\d+) pass, (\d+) warn, (\d+) fail, (\d+) skipped$/m.exec(output) ?? [];
  const page = readFile('docs/adoption-checklist.md').replace(/\s+/g, ' ');
  const [, said = ''] = page.split(words);
  expect(said.match(/\d+/g)?.slice(0, 4)).toEqual(counts);
}

/** The settings that docs/deploying.md has a deployment set, with values for what it describes in words. */
function documentedSettings(): Record<string, string> {
  const rows = readFile('docs/deploying.md').split('## 3. App settings')[1]?.split('```')[0] ?? '';
  const names = [...rows.matchAll(/^\| (`.+?`) \|/gm)].flatMap(([, cell = '']) =>
    [...cell.matchAll(/`(\w+)`/g)].map(([, name = '']) => name),
  );
  const known: Readonly<Record<string, string>> = {
    AUTH_MODE: 'jwt',
    MCP_API_AUDIENCE: 'a1b2c3d4-0000-4000-8000-000000000000',
    TENANTS: JSON.stringify(
      readRegistry().tenants.map(({ slug, tenantIds, displayName }) => ({ slug, tenantIds, displayName })),
    ),
    PUBLIC_BASE_URL: 'https://mcp.contoso.example/contoso-mcp',
    GATEWAY_KEY: 'k'.repeat(32),
    STATE_SIGNING_KEY: 's'.repeat(32),
    DATA_STORAGE: 'https://name.table.core.windows.net',
    AzureWebJobsStorage__accountName: 'name',
    AZURE_OPENAI_ENDPOINT: 'https://name.openai.azure.com',
    AZURE_OPENAI_CHAT_DEPLOYMENT: 'chat',
    AZURE_OPENAI_EMBEDDING_DEPLOYMENT: 'embedding',
    APPLICATIONINSIGHTS_CONNECTION_STRING: 'InstrumentationKey=a1b2c3d4-0000-4000-8000-000000000000',
  };
  expect(names.sort()).toEqual(Object.keys(known).sort());
  return { ...known };
}

/** The file that docs/deploying.md shows, with every other name that it asks for. */
function gatewayValues() {
  const shown = blocksOf(readFile('docs/deploying.md')).find(
    (block) => block.kind === 'fence' && block.language === 'json',
  );
  const values = JSON.parse(shown?.kind === 'fence' ? shown.lines.join('\n') : '') as {
    namedValues: Record<string, unknown>;
    backends: Record<string, string>;
  };
  const names = describeNamedValues(readRegistry());
  for (const name of Object.keys(values.namedValues)) expect(names).toHaveProperty([name]);
  const others = Object.entries(names).map(([name, { example }]) => [name, example] as const);
  const backends = readRegistry().tenants.map(
    ({ backend }) => [backend, `https://${backend}.example`] as const,
  );
  return {
    namedValues: { ...Object.fromEntries(others), ...values.namedValues },
    backends: { ...Object.fromEntries(backends), ...values.backends },
  };
}
