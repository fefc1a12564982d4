import { mkdir, readFile as readText, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect } from 'vitest';
import { type Entry, expectDone } from '../../commands/typing/entry.ts';
import { blocksOf } from '../reading/markdown.ts';
import { readFile } from '../reading/tree.ts';

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
    command: 'npm run doctor -- --settings settings.json --no-model',
    async check(typed, { copy }) {
      const settings = path.join(copy.dir, 'settings.json');
      await writeFile(settings, jsonOfDeploying(0));
      expect(await expectDone(typed)).toMatch(/ 0 fail,/);
      const refused = { name: 'FUNCTIONS_WORKER_RUNTIME', value: 'node' };
      await writeFile(settings, JSON.stringify([...JSON.parse(jsonOfDeploying(0)), refused]));
      const { code, output } = await typed.run();
      expect(code).toBe(1);
      expect(output).toContain('Flex Consumption refuses FUNCTIONS_WORKER_RUNTIME.');
    },
  },
  ...[
    ['npm run doctor -- --init', 'settings.json'] as const,
    ['npm run deploy:policies -- --init', 'gateway-values.json'] as const,
  ].map(
    ([command, file]): Entry => ({
      command,
      async check(typed, { copy }) {
        const made = path.join(copy.dir, file);
        await rm(made, { force: true });
        expect(await expectDone(typed)).toContain(`${file} written; fill it in`);
        expect(JSON.parse(await readText(made, 'utf8'))).toBeTypeOf('object');
      },
    }),
  ),
  {
    command: 'npm run compare:host -- --host https://APP.azurewebsites.net',
    async check(typed) {
      // between two local hosts it is run whole, by tests/integration/host/compare-host.test.ts
      const nowhere = 'http://127.0.0.1:1';
      const { code, output } = await typed.run({ instead: { 'https://APP.azurewebsites.net': nowhere } });
      expect(output).toContain(`Nothing answers at ${nowhere}: name the address of a host that runs.`);
      expect(code).toBe(2);
    },
  },
  {
    command: 'npm run deploy:policies -- --service $APIM_ID --values gateway-values.json --dry-run',
    async check(typed, { copy }) {
      await writeFile(path.join(copy.dir, 'gateway-values.json'), jsonOfDeploying(1));
      const service = 'providers/Microsoft.ApiManagement/service/gateway';
      const env = { APIM_ID: `/subscriptions/one/resourceGroups/group/${service}` };
      const output = await expectDone(typed, { env });
      for (const what of ['namedValues/', 'backends/contoso', 'policyFragments/', 'apis/']) {
        expect(output).toContain(`would write  ${what}`);
      }
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

/** A file that docs/deploying.md shows: the app settings, or the gateway's values. */
function jsonOfDeploying(index: 0 | 1): string {
  const shown = blocksOf(readFile('docs/deploying.md')).filter(
    (block) => block.kind === 'fence' && block.language === 'json',
  )[index];
  return shown?.kind === 'fence' ? shown.lines.join('\n') : '';
}

/** The settings of that file, which are those of the table before it. */
function documentedSettings(): Record<string, string> {
  const shown = JSON.parse(jsonOfDeploying(0)) as { name: string; value: string }[];
  const rows = readFile('docs/deploying.md').split('## 3. App settings')[1]?.split('```')[0] ?? '';
  const names = [...rows.matchAll(/^\| (`.+?`) \|/gm)].flatMap(([, cell = '']) =>
    [...cell.matchAll(/`(\w+)`/g)].map(([, name = '']) => name),
  );
  expect(shown.map(({ name }) => name)).toEqual(names);
  return Object.fromEntries(shown.map(({ name, value }) => [name, value]));
}
