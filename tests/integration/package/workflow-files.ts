import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { projectDir } from '#scripts/lib/project-dir';

export interface Workflow {
  readonly permissions?: unknown;
  readonly concurrency?: unknown;
  readonly jobs: Readonly<Record<string, Job>>;
}

export interface Job {
  readonly permissions?: unknown;
  readonly 'timeout-minutes'?: number;
  readonly strategy?: {
    readonly matrix: { readonly node: readonly string[]; readonly part: readonly string[] };
  };
  readonly steps: readonly { readonly uses?: string; readonly run?: string }[];
}

export const folder = path.join(projectDir, '.github/workflows');
export const files = readdirSync(folder);
export const source = (file: string) => readFileSync(path.join(folder, file), 'utf8');
export const workflow = (file: string) => parse(source(file)) as Workflow;
export const stepsOf = (file: string) => Object.values(workflow(file).jobs).flatMap(({ steps }) => steps);
