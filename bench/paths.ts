import path from 'node:path';
import { projectDir } from '../scripts/lib/project-dir.ts';

/** The last full run. */
export const resultsPath = path.join(projectDir, 'bench/results.json');

/** What a call and a list may cost; a test keeps to it. */
export const budgetsPath = path.join(projectDir, 'bench/budgets.json');

/** What the last count of growth found. */
export const growthPath = path.join(projectDir, 'bench/growth.json');

/** The page that is made from the results. */
export const pagePath = path.join(projectDir, 'docs/performance.md');

/** Its pictures. */
export const chartsDir = path.join(projectDir, 'docs/charts');
