import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { projectDir } from '../../scripts/build/compile.ts';

const forbidden = [
  ['shared/contoso/rules/a.ts', '../storage/keys.ts'],
  ['shared/contoso/rules/b.ts', '../settings.ts'],
  ['shared/platform/caching/a.ts', '../storage/keys.ts'],
  ['shared/platform/json/a.ts', '../storage/keys.ts'],
  ['shared/platform/storage/a.ts', '../tools/define.ts'],
  ['shared/contoso/tools/billing/a.ts', '../../mcp/endpoint.ts'],
  ['shared/platform/identity/a.ts', '../storage/keys.ts'],
  ['shared/platform/mcp/a.ts', '../app.ts'],
  ['shared/platform/mcp/b.ts', '@azure/functions'],
  ['shared/a.ts', '../local/host/host.ts'],
  ['functions/a.ts', '../shared/mcp/endpoint.ts'],
  ['functions/lib/a.ts', '../../local/host/host.ts'],
  ['seed/a.ts', '../tests/support/run.ts'],
] as const;

const allowed = [
  ['shared/contoso/tools/billing/z.ts', '../../storage/retry.ts'],
  ['shared/platform/mcp/z.ts', '../tools/define.ts'],
  ['shared/platform/identity/z.ts', '../caching/lru.ts'],
  ['shared/platform/mcp/y.ts', '../json/parse.ts'],
  ['functions/y.ts', '../shared/app.ts'],
  ['functions/z.ts', '@azure/functions'],
  ['scripts/z.ts', '../shared/storage/connect.ts'],
] as const;

let dir: string;
let complaints: string;

/** Lints a project of one-line files under the real rules. */
beforeAll(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'arrows-'));
  copyFileSync(path.join(projectDir, 'biome.json'), path.join(dir, 'biome.json'));
  for (const [file, specifier] of [...forbidden, ...allowed]) {
    mkdirSync(path.join(dir, path.dirname(file)), { recursive: true });
    writeFileSync(path.join(dir, file), `export * from '${specifier}';\n`);
  }
  const biome = createRequire(import.meta.url).resolve('@biomejs/biome/bin/biome');
  const options = ['lint', '--only=style/noRestrictedImports', '--max-diagnostics=100', '.'];
  complaints = spawnSync(process.execPath, [biome, ...options], { cwd: dir, encoding: 'utf8' }).stderr;
});

afterAll(() => rmSync(dir, { recursive: true }));

it.each(forbidden)('%s may not import %s', (file) => {
  expect(complaints).toContain(`${file}:1:`);
});

it.each(allowed)('%s may import %s', (file) => {
  expect(complaints).not.toContain(`${file}:1:`);
});
