import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { copyProject, type ProjectCopy } from './extending/project-copy.ts';

/** Seconds that even a busy machine does not need. */
const timeoutMs = 240_000;
let copy: ProjectCopy;

/** A repository of its own, in which the pins came after the first commit. */
beforeAll(async () => {
  copy = await copyProject();
  const pins = path.join(copy.dir, 'tests/pins');
  git('init', '--quiet');
  git('add', '--all', '--', ':!tests/pins');
  commit('before there were pins', 'v0');
  git('add', '--all', '--', pins);
  commit('with pins', 'v1');
}, timeoutMs);

afterAll(() => copy?.remove());

function git(...args: readonly string[]): void {
  execFileSync('git', args, { cwd: copy.dir, stdio: ['ignore', 'ignore', 'inherit'] });
}

function commit(what: string, tag: string): void {
  const author = ['-c', 'user.name=tests', '-c', 'user.email=tests@localhost', '-c', 'commit.gpgsign=false'];
  git(...author, 'commit', '--quiet', '--message', what);
  git('tag', tag);
}

const change = (file: string, before: string, after: string) =>
  copy.change(`tests/pins/tools/${file}.json`, before, after);

it('nothing has changed since the last commit', { timeout: timeoutMs }, async () => {
  const { code, output } = await copy.run('npm run wire:diff -- --base HEAD');
  expect(code, output).toBe(0);
  expect(output).toContain('Since HEAD clients see no difference.');
});

it('a time without pins is said to be one', { timeout: timeoutMs }, async () => {
  const { code, output } = await copy.run('npm run wire:diff -- --base v0 --fail-on-breaking');
  expect(code, output).toBe(0);
  expect(output).toContain('At v0 nothing was pinned yet, so there is nothing to compare with.');
});

it('what has changed is told, field by field', { timeout: timeoutMs }, async () => {
  change('get_products', '"title": "Products', '"title": "All products');
  const { code, output } = await copy.run('npm run wire:diff -- --base v1 --fail-on-breaking');
  expect(code, output).toBe(0);
  expect(output).toContain('Since v1: 1 changed, none of them breaks clients.');
  expect(output).toMatch(/^- tool get_products\n {2}- title: was "Products.*", is "All products/m);
});

it('what breaks clients is told, and fails when that is asked for', { timeout: timeoutMs }, async () => {
  change(
    'get_customer_orders',
    '"required": [\n        "customer_id"',
    '"required": [\n        "customer_id",\n        "year"',
  );
  rmSync(path.join(copy.dir, 'tests/pins/tools/get_promotions.json'));
  const { code, output } = await copy.run('npm run wire:diff -- --base v1');
  expect(code, output).toBe(0);
  expect(output).toContain('Since v1: 3 changed, 2 of them may break clients.');
  expect(output).toContain('- **breaks clients** input, required: now also "year"');
  expect(output).toContain('- **breaks clients** tool get_promotions: is gone');
  expect((await copy.run('npm run wire:diff -- --base v1 --fail-on-breaking')).code).toBe(1);
});

it('npm run pins says the same of the code, and takes over only what it is told to', {
  timeout: timeoutMs,
}, async () => {
  writeFileSync(path.join(copy.dir, 'tests/pins/tools/drop_everything.json'), '{}\n');
  const { code, output } = await copy.run('npm run pins');
  expect(code, output).toBe(1);
  expect(output).toMatch(/^tool get_products\n {2}title: was "All products.*", is "Products/m);
  expect(output).toMatch(/^tool drop_everything: is gone$/m);
  expect(output).toMatch(/^tool get_promotions: is new$/m);
  expect(output).toMatch(/^When that is meant: npm run pins -- --accept .*get_products/m);
  const accepted = await copy.run('npm run pins -- --accept get_products drop_everything');
  expect(accepted.code, accepted.output).toBe(0);
  expect(accepted.output).not.toContain('get_promotions');
  const left = await copy.run('npm run pins');
  expect(left.output).toContain('npm run pins -- --accept get_customer_orders get_promotions');
});
