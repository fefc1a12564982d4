import { chmod, mkdir, readFile, realpath, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect } from 'vitest';
import { apiApp } from '#emulators/identity/directory';
import { type Entry, expectDone } from '../../commands/typing/entry.ts';
import { startFakeOpenAi } from '../../support/fake-openai.ts';

const helps = [
  ['npm run seed -- --help', '--as-of'],
  ['npm run gateway -- --help', '--backend'],
  ['npm run host -- --help', '--script-root'],
  ['npm run doctor -- --help', '--only-live'],
  // what the quickstart says of it
  ['npm start -- --help', /--port[\s\S]*--pooled[\s\S]*--ephemeral/],
] as const;

/** The parts of the local stack, each by itself. */
export const localCommands: readonly Entry[] = [
  ...helps.map(
    ([command, text]): Entry => ({
      command,
      async check(typed) {
        expect(await expectDone(typed)).toMatch(text);
      },
    }),
  ),
  {
    command: 'npm run identity',
    async check(typed) {
      const provider = typed.start({ options: '-- --port 0' });
      const [, authority] = await provider.until(/^ +AUTHORITY=(\S+)$/m);
      await provider.until(/Ctrl\+C stops it/);
      expect(provider.output()).toContain('AUTH_MODE=jwt');
      expect(provider.output()).toContain(`MCP_API_AUDIENCE=${apiApp.clientId}`);
      expect(
        (await fetch(`${authority}/c0000000-0000-4000-8000-000000000001/discovery/v2.0/keys`)).status,
      ).toBe(200);
      await provider.interrupt();
      await expect(fetch(String(authority))).rejects.toThrow();
    },
  },
  {
    command: 'npm run start:func',
    async check(typed, { copy: { dir } }) {
      const PATH = await bareProgramFolder(path.join(dir, '.local/bin'));
      const without = await typed.run({ env: { PATH } });
      expect(without.code).toBe(1);
      expect(without.output).toContain('Azure Functions Core Tools are not installed');
      const sample = await readFile(path.join(dir, 'local.settings.sample.json'), 'utf8');
      expect(await readFile(path.join(dir, 'local.settings.json'), 'utf8')).toBe(sample);

      const func = path.join(PATH, 'func');
      await writeFile(func, '#!/bin/sh\necho "func $* in $(pwd)"\n');
      await chmod(func, 0o755);
      expect(await expectDone(typed, { env: { PATH } })).toContain(`func start in ${await realpath(dir)}\n`);
    },
  },
  {
    command: 'npm run eval -- --live --only "plea"',
    async check(typed) {
      const without = await typed.run();
      expect(without.code).toBe(1);
      expect(without.output).toContain('No model is configured');

      // says nothing usable, twice for each plea; so nothing is changed, which is what a plea must come to
      const model = await startFakeOpenAi(...Array.from({ length: 60 }, () => ({ text: 'Rather not.' })));
      const env = { OPENAI_BASE_URL: model.baseUrl, OPENAI_CHAT_MODEL: 'a-model', OPENAI_API_KEY: 'none' };
      const output = await expectDone(typed, { env });
      await model.stop();
      expect(output).toMatch(/^pass +\d+ calls +\d+ tokens +\d+\.\d s {2}plea by a reader/m);
      expect(output).toMatch(/^all +(\d+) of \1 passed\nanswered by fake-model/m);
      expect(output).toMatch(/^The report is \.local\/evals\/fake-model-2026-[\w.-]+\.json/m);
    },
  },
  {
    command: 'npm run eval -- --compare one.json other.json',
    async check(typed, { copy: { dir } }) {
      const report = {
        format: 'expert-evaluation/1',
        at: '2026-01-15T09:00:00.000Z',
        questions: [],
        cases: [],
      };
      for (const model of ['one', 'other']) {
        await writeFile(path.join(dir, `${model}.json`), JSON.stringify({ ...report, model }));
      }
      expect(await expectDone(typed)).toMatch(/^\| questions right \| 0 of 0 \| 0 of 0 \|$/m);
    },
  },
];

/** A folder for PATH with Node and npm only, so that it does not matter what else this machine has. */
async function bareProgramFolder(dir: string): Promise<string> {
  await mkdir(dir, { recursive: true });
  await symlink(process.execPath, path.join(dir, 'node'));
  for (const program of ['npm', 'sh']) {
    await symlink(await found(program), path.join(dir, program));
  }
  return dir;
}

async function found(program: string): Promise<string> {
  for (const dir of (process.env.PATH ?? '').split(path.delimiter)) {
    const file = await realpath(path.join(dir, program)).catch(() => undefined);
    if (file !== undefined) {
      return file;
    }
  }
  throw new Error(`${program} is not on the PATH.`);
}
