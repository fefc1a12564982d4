import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { readGrowth } from '#bench/growth/last';
import { pagePath, resultsPath } from '#bench/paths';
import { performancePage } from '#bench/report/page';
import { results } from '#bench/report/results';

test('docs/performance.md is the page of the last full run', async () => {
  const run = results.parse(JSON.parse(await readFile(resultsPath, 'utf8')));
  expect(await readFile(pagePath, 'utf8'), 'run npm run bench -- --write-docs').toBe(
    performancePage(run, await readGrowth()),
  );
});
