import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectDir } from '../../scripts/lib/project-dir.ts';
import { readFile } from './reading/tree.ts';

const rows = readFile('docs/security-model.md')
  .split('\n')
  .filter((line) => /^\| MCP\d\d /.test(line));

it('has the ten risks in their order', () => {
  const numbers = rows.map((row) => /MCP(\d\d)/.exec(row)?.[1]);
  expect(numbers).toEqual(Array.from({ length: 10 }, (_, at) => String(at + 1).padStart(2, '0')));
});

describe.each(rows)('%s', (row) => {
  it('names tests that there are', () => {
    const named = [...row.matchAll(/`(tests\/[^`]+)` “([^”]+)”/g)];
    expect(named).not.toEqual([]);
    for (const [, file = '', name = ''] of named) {
      expect(existsSync(path.join(projectDir, file)), file).toBe(true);
      expect(readFile(file)).toContain(`'${name}'`);
    }
  });
});
