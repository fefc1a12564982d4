import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { projectDir } from '#scripts/lib/project-dir';
import { projectFiles } from '../docs/reading/tree.ts';

const lines = readFileSync(path.join(projectDir, '.funcignore'), 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'));

/** Whether a line leaves out a file or a folder of the project's root. */
function leavesOut(line: string, name: string): boolean {
  const pattern = line.replace(/^\/|\/$/g, '').replaceAll('.', '\\.');
  return new RegExp(`^${pattern.replaceAll('*', '[^/]*')}$`).test(name);
}

it('where the folder is published as it is, only what the host needs goes there', () => {
  const names = [...new Set(projectFiles.map((file) => file.replace(/\/.*/, '')))];
  const left = names.filter((name) => !lines.some((line) => leavesOut(line, name)));
  expect(left).toEqual(['host.json', 'package-lock.json', 'package.json']);
});

it.each(['dist', 'node_modules'])('%s goes there', (made) => {
  expect(lines.filter((line) => leavesOut(line, made))).toEqual([]);
});

it('no line reaches into dist/, which has folders of the same names', () => {
  expect(lines.filter((line) => !line.startsWith('/'))).toEqual([]);
});
