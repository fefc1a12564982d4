import { spawn } from 'node:child_process';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { installApart } from '../../scripts/apart/install.ts';
import { endOf } from '../../scripts/lib/child-process.ts';
import { projectDir } from '../../scripts/lib/project-dir.ts';
import { writePictures } from './pictures.ts';
import type { Chart } from './spec.ts';

/** Draws the charts, and writes their pictures. @throws Error when they cannot be drawn */
export async function draw(charts: readonly Chart[]): Promise<void> {
  const { node } = await installApart('charts');
  const child = spawn(node, [path.join(projectDir, 'bench/charts/draw.mjs')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = endOf(child);
  child.stdin.end(JSON.stringify(Object.fromEntries(charts.map(({ name, spec }) => [name, spec]))));
  const drawn = await text(child.stdout);
  if ((await ended) !== 0) {
    throw new Error('The charts could not be drawn.');
  }
  await writePictures(charts, JSON.parse(drawn) as Record<string, string>);
}
