import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { UsageError } from '../../scripts/command-line/usage-error.ts';
import { projectDir } from '../../scripts/lib/project-dir.ts';
import { markdownOf } from './markdown.ts';
import { type ModelReport, modelReport } from './model-report.ts';

/** Where reports are written unless another folder is named. */
export const reportsDir = path.join(projectDir, '.local', 'evals');

/** Writes a report as JSON and as Markdown, named after the model and the time; returns the JSON's path. */
export async function writeReport(report: ModelReport, dir: string): Promise<string> {
  await mkdir(dir, { recursive: true });
  const name = `${report.model}-${report.at}`.replace(/[^A-Za-z0-9.-]+/g, '-');
  const file = path.join(dir, `${name}.json`);
  await writeFile(file, `${JSON.stringify(report, undefined, 2)}\n`);
  await writeFile(path.join(dir, `${name}.md`), markdownOf(report));
  return file;
}

/** @throws UsageError when the file is no report */
export async function readReport(file: string): Promise<ModelReport> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new UsageError(`${file} cannot be read; name two JSON files that --live wrote.`);
  });
  try {
    return modelReport.parse(JSON.parse(text));
  } catch {
    throw new UsageError(`${file} is not a report; name two JSON files that --live wrote.`);
  }
}
