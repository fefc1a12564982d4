import { readFileSync } from 'node:fs';
import path from 'node:path';
import { glob } from 'tinyglobby';
import { expect, it, test } from 'vitest';
import { projectDir } from '#scripts/lib/project-dir';

const ofContoso = /contoso|customer|invoice|subscription|promotion|ticket|device/i;

/** What the protocol itself calls by one of these words. */
const ofProtocol = ['mcp/own-words.ts', 'mcp/tasks/listen.ts', 'mcp/message/params.ts'];

async function saying(word: RegExp, folder: string): Promise<string[]> {
  const cwd = path.join(projectDir, folder);
  const files = await glob('**/*.ts', { cwd });
  expect(files).not.toEqual([]);
  return files.filter((file) => word.test(readFileSync(path.join(cwd, file), 'utf8'))).sort();
}

test('the platform says no word of the business, only of the protocol', async () => {
  expect(await saying(ofContoso, 'shared/platform')).toEqual([...ofProtocol].sort());
  for (const file of ofProtocol) {
    const text = readFileSync(path.join(projectDir, 'shared/platform', file), 'utf8');
    expect(text, file).toMatch(/subscriptions\/listen|Subscription limit/);
    expect(text.replaceAll(/subscriptions?/gi, ''), file).not.toMatch(ofContoso);
  }
});

it.each(['shared/composition', 'examples'])('%s says none either', async (folder) => {
  expect(await saying(ofContoso, folder)).toEqual([]);
});
