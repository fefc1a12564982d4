import { readFile } from 'node:fs/promises';
import { beforeAll, expect, test } from 'vitest';
import { chartsOf } from '#bench/charts/of-results';
import { staleCharts } from '#bench/charts/pictures';
import type { Chart } from '#bench/charts/spec';
import { readGrowth } from '#bench/growth/last';
import { pagePath, resultsPath } from '#bench/paths';
import { performancePage } from '#bench/report/page';
import { type Results, results } from '#bench/report/results';
import { budget } from '#scripts/console/budget';

const refresh = 'run npm run bench -- --page-only';
let run: Results;
let charts: readonly Chart[];

beforeAll(async () => {
  run = results.parse(JSON.parse(await readFile(resultsPath, 'utf8')));
  charts = chartsOf(run, await readGrowth());
});

test('docs/performance.md is the page of the last full run', async () => {
  expect(await readFile(pagePath, 'utf8'), refresh).toBe(performancePage(run, await readGrowth(), charts));
});

test.each([
  ['the console, requests until one can sign in', budget.firstRequests],
  ['the console, sent until one can sign in', budget.firstBytes / 1_000],
  ['the console, all of its files', budget.bytes / 1_000],
  ['the console, first paint', budget.firstPaintMs],
  ['a card, first paint', budget.firstPaintMs],
])('%s was within its budget when it was measured last, in the middle of its spread', (name, most) => {
  expect(run.aims.find((aim) => aim.name === name)?.measured).toBeLessThanOrEqual(most);
});

test('each of its charts was drawn from that run, and nobody has changed it', async () => {
  expect(charts.length).toBeGreaterThan(0);
  expect(await staleCharts(charts), refresh).toEqual([]);
});

test('a chart of other numbers is stale', async () => {
  const [chart] = charts;
  expect(await staleCharts([{ ...(chart as Chart), spec: {} }])).toEqual([chart?.name]);
});
