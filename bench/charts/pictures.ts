import { createHash } from 'node:crypto';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { chartsDir } from '../paths.ts';
import type { Chart } from './spec.ts';

/** A picture with a line that says what it was drawn from, and that nobody has changed it since. */
export function stamped({ spec }: Chart, svg: string): string {
  return `<!-- ${digest(JSON.stringify(spec))} ${digest(svg)} -->\n${svg}\n`;
}

/** Writes the pictures, and removes those that are no charts any more. */
export async function writePictures(
  charts: readonly Chart[],
  pictures: Readonly<Record<string, string>>,
): Promise<void> {
  for (const name of await readdir(chartsDir)) {
    await rm(path.join(chartsDir, name));
  }
  for (const chart of charts) {
    await writeFile(fileOf(chart), stamped(chart, titled(pictures[chart.name] ?? '', chart.says)));
  }
}

/** For whoever hears the picture. */
function titled(svg: string, says: string): string {
  return svg.replace('>', `><title>${says}</title>`);
}

/** The charts whose picture is missing, was drawn from something else, or was changed by hand. */
export async function staleCharts(charts: readonly Chart[]): Promise<readonly string[]> {
  const stale: string[] = [];
  for (const chart of charts) {
    const found = await readFile(fileOf(chart), 'utf8').catch(() => '');
    const svg = found.slice(found.indexOf('\n') + 1, -1);
    if (found !== stamped(chart, svg)) {
      stale.push(chart.name);
    }
  }
  return stale;
}

function fileOf({ name }: Chart): string {
  return path.join(chartsDir, `${name}.svg`);
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
