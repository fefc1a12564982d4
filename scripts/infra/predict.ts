import { execFile } from 'node:child_process';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import * as z from 'zod';
import { projectDir } from '../lib/project-dir.ts';
import type { Form } from './forms.ts';

const run = promisify(execFile);

const resourceSchema = z.looseObject({
  id: z.string(),
  type: z.string(),
  name: z.string(),
  properties: z.record(z.string(), z.unknown()).default({}),
  tags: z.record(z.string(), z.string()).optional(),
});
const snapshotSchema = z.looseObject({
  predictedResources: z.array(resourceSchema),
  outputs: z.record(z.string(), z.unknown()),
});

/** A resource that a deployment would make; what only Azure knows stays an expression in square brackets. */
export type Predicted = z.output<typeof resourceSchema>;

export interface Prediction {
  readonly form: string;
  readonly resources: readonly Predicted[];
  readonly outputs: Readonly<Record<string, unknown>>;
}

/** What the compiler said: a warning is as bad as an error, although its exit code is 0. */
export interface Complaint {
  readonly complaint: string;
}

const someGuid = '00000000-0000-4000-8000-00000000000';

/**
 * Compiles and checks all templates, and predicts what a form of the deployment makes; asks no Azure.
 * @param compiler path of the Bicep compiler
 */
export async function predict(
  compiler: string,
  { name, environment }: Form,
): Promise<Prediction | Complaint> {
  const dir = path.join(projectDir, '.local/infra');
  const parameters = path.join(dir, `${name}.bicepparam`);
  const snapshot = path.join(dir, `${name}.snapshot.json`);
  await mkdir(dir, { recursive: true });
  await rm(snapshot, { force: true });
  const text = await readFile(path.join(projectDir, 'infra/main.bicepparam'), 'utf8');
  await writeFile(parameters, text.replace("using 'main.bicep'", "using '../../infra/main.bicep'"));
  const where = [
    '--subscription-id',
    `${someGuid}1`,
    '--tenant-id',
    `${someGuid}2`,
    '--location',
    'westeurope',
  ];
  const said = await output(compiler, ['snapshot', parameters, '--mode', 'overwrite', ...where], environment);
  if (said !== '') {
    return { complaint: said };
  }
  const { predictedResources, outputs } = snapshotSchema.parse(JSON.parse(await readFile(snapshot, 'utf8')));
  return { form: name, resources: predictedResources, outputs };
}

/**
 * Compiles and checks a template that is deployed by itself.
 * @param template its path, from the project's folder
 */
export async function compiled(compiler: string, template: string): Promise<Complaint | undefined> {
  const dir = path.join(projectDir, '.local/infra');
  await mkdir(dir, { recursive: true });
  const file = path.join(dir, `${path.basename(template, '.bicep')}.json`);
  const said = await output(compiler, ['build', path.join(projectDir, template), '--outfile', file], {});
  return said === '' ? undefined : { complaint: said };
}

/** Only the variables of the form are seen: what a person's own environment holds gets into no file. */
async function output(
  program: string,
  args: readonly string[],
  variables: Form['environment'],
): Promise<string> {
  const { PATH, HOME } = process.env;
  const env = { ...variables, PATH, HOME, DOTNET_SYSTEM_GLOBALIZATION_INVARIANT: '1' };
  try {
    const { stdout, stderr } = await run(program, args, { env });
    return `${stdout}${stderr}`.trim();
  } catch (error) {
    const {
      stdout = '',
      stderr = '',
      message,
    } = error as { stdout?: string; stderr?: string; message: string };
    return `${stdout}${stderr}`.trim() || message;
  }
}
