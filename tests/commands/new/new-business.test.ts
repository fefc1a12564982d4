import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { currentClient, formerClient } from '#scripts/demo/clients';
import { type Made, startLibrary, tokenOf } from '../../integration/example/library-service.ts';
import type { Ended } from '../../support/run.ts';
import { copyProject, type ProjectCopy } from '../extending/project-copy.ts';

let copy: ProjectCopy;
let written: Ended;

beforeAll(async () => {
  copy = copyProject();
  written = await copy.run('npm run new -- --name acme');
}, 120_000);

afterAll(() => copy?.remove());

it('is written under its own name, and the command says what to do next', () => {
  expect(written).toMatchObject({ code: 0, output: expect.stringContaining('shared/acme/business.ts') });
  expect(copy.read('shared/acme/business.ts')).toContain(
    'export const acme: Business<AcmeStore, Policy> = {',
  );
  expect(copy.read('shared/acme/business.ts')).toContain("name: 'acme-mcp', title: 'Acme'");
});

it('is not written over what is there', async () => {
  const again = await copy.run('npm run new -- --name acme');
  expect(again).toMatchObject({ code: 2, output: expect.stringContaining('shared/acme is there already') });
  const outside = await copy.run('npm run new -- --name ../acme');
  expect(outside).toMatchObject({ code: 2, output: expect.stringContaining('is no name') });
});

it('has no mistake of type or style, and its place in the house once the line for it is there', async () => {
  const row = / {2}'shared\/acme': \{[\s\S]*?\n {2}\},\n/.exec(written.output)?.[0] ?? '';
  copy.change('scripts/arrows/house.ts', '  examples: {\n', `${row}  examples: {\n`);
  writeFileSync(
    path.join(copy.dir, 'tsconfig.acme.json'),
    JSON.stringify({ extends: './tsconfig.json', include: ['shared/acme'] }),
  );
  const checks = [
    'npx tsc -p tsconfig.acme.json',
    'npx biome ci shared/acme scripts/arrows',
    'npm run -s check:arrows',
  ];
  for (const check of checks) {
    expect(await copy.run(check), check).toMatchObject({ code: 0 });
  }
}, 120_000);

it('runs, for a client of each era', async () => {
  const app = await import(path.join(copy.dir, 'shared/acme/app.ts'));
  const seed = await import(path.join(copy.dir, 'shared/acme/seed.ts'));
  const made: Made = { createApp: app.createAcmeApp, seed: seed.seedAcme };
  const acme = await startLibrary(undefined, {}, made);
  for (const connect of [currentClient, formerClient]) {
    const client = await connect({ url: acme.tools, token: tokenOf('reader') });
    expect(await client.toolNames()).toEqual(['find_books']);
    expect((await client.call('find_books', { text: 'Emma' })).text).toBe('2: Emma');
    await client.close();
  }
  await acme.close();
});
