import path from 'node:path';
import { expect, test } from 'vitest';
import { scriptName } from '#scripts/command-line/script-name';
import { projectDir } from '#scripts/lib/project-dir';

const entry = (file: string) => path.join(projectDir, file);

test('a command knows the name that package.json has for it, whatever started it', () => {
  expect(scriptName(entry('doctor/cli.ts'), undefined)).toBe('doctor');
  expect(scriptName(entry('doctor/cli.ts'), 'test')).toBe('doctor');
});

test('where several names have the same entry point, it is the one that npm runs', () => {
  expect(scriptName(entry('scripts/steps/cli.ts'), 'refresh')).toBe('refresh');
});

test('what package.json does not run has no name', () => {
  expect(scriptName(entry('scripts/lib/project-dir.ts'), 'test')).toBeUndefined();
  expect(scriptName(undefined, 'test')).toBeUndefined();
});
