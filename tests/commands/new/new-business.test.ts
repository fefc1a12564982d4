import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { currentClient, formerClient } from '#scripts/demo/clients';
import { type Made, startLibrary, tokenOf } from '../../integration/example/library-service.ts';
import { startFakeOpenAi } from '../../support/fake-openai.ts';
import type { Ended } from '../../support/run.ts';
import { answerText } from '../../unit/experts/answers.ts';
import { startCopyStack } from '../extending/copy-stack.ts';
import { copyProject, type ProjectCopy } from '../extending/project-copy.ts';

let copy: ProjectCopy;
let written: Ended;

beforeAll(async () => {
  copy = await copyProject();
  written = await copy.run('npm run new -- --name acme');
}, 600_000);

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

it('has no mistake of type or style, and its place in the house', async () => {
  writeFileSync(
    path.join(copy.dir, 'tsconfig.acme.json'),
    JSON.stringify({ extends: './tsconfig.json', include: ['shared/acme', 'seed/acme.ts'] }),
  );
  const checks = [
    'npx tsc -p tsconfig.acme.json',
    'npx biome ci shared/acme seed/acme.ts scripts/arrows',
    'npm run -s check:arrows',
  ];
  for (const check of checks) {
    expect(await copy.run(check), check).toMatchObject({ code: 0 });
  }
});

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

it('is what the local stack serves, once the two lines that the command says are there', async () => {
  const says = (file: string) => {
    const [, lines] = new RegExp(`Write in ${file}, .*:\\n\\n((?: .*\\n)+)`).exec(written.output) ?? [];
    return `${lines}`.replaceAll(/^ +/gm, '');
  };
  copy.change('shared/deployed.ts', "import { contoso } from '#contoso/business';\n", '');
  copy.change('shared/deployed.ts', 'export const deployed = contoso;\n', says('shared/deployed.ts'));
  writeFileSync(path.join(copy.dir, 'seed/deployed.ts'), says('seed/deployed.ts'));
  expect(await copy.run('npm run policies')).toMatchObject({ code: 0 });
  expect(copy.read('apim-policies/fragments/permissions.xml')).not.toContain('get_customer_detail');

  const model = await startFakeOpenAi();
  model.plan({ calls: [{ name: 'find_books', arguments: { text: 'Walden' } }] }, { text: answerText() });
  const settings = { OPENAI_BASE_URL: model.baseUrl, OPENAI_CHAT_MODEL: 'a-model' };
  writeFileSync(path.join(copy.dir, 'model.json'), JSON.stringify({ Values: settings }));
  const examined = await copy.run('npm run -s doctor -- --settings model.json');
  await model.stop();
  expect(examined.output).toMatch(/^ +pass {2}.*\(agentic\.model-answers\)$/m);

  const stack = await startCopyStack(copy);
  try {
    const found = await copy.run('npm run -s mcp -- find_books \'{"text":"Emma"}\' --user rita@contoso');
    expect(found).toMatchObject({ code: 0, output: expect.stringContaining('2: Emma') });
    const refused = await copy.run('npm run -s mcp -- find_books \'{"text":"Emma"}\' --user nobody@contoso');
    expect(refused.code).not.toBe(0);
    expect(refused.output).toContain('books.read');
  } finally {
    await stack.stop();
  }
}, 300_000);
