import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { projectDir } from '../../../scripts/lib/project-dir.ts';
import type { Control } from './control.ts';
import type { Product } from './world.ts';

const entry = path.join(projectDir, 'tests/security/sign-in/product.ts');
/** Inside the project, where its packages are found. */
const folder = path.join(projectDir, '.local/less-one');

const textOf = (file: string): string => readFileSync(path.join(projectDir, file), 'utf8');

/** The files of a control's places, as they are without it. @throws Error when a place is not there, or twice */
export function filesLessOne({ control, changes }: Control): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  for (const { file, text, instead } of changes) {
    const before = files.get(file) ?? textOf(file);
    if (before.split(text).length !== 2) {
      throw new Error(
        `${file} does not have "${text}" once, where "${control}" is kept; say where it is now.`,
      );
    }
    files.set(
      file,
      before.replace(text, () => instead),
    );
  }
  return files;
}

/** The product with one control switched off, loaded beside the others. Nothing is written but the bundle. */
export async function productLessOne(control: Control): Promise<Product> {
  const files = new Map(
    [...filesLessOne(control)].map(([file, contents]) => [path.join(projectDir, file), contents]),
  );
  await mkdir(folder, { recursive: true });
  const outfile = path.join(folder, `${randomUUID()}.mjs`);
  await build({
    entryPoints: [entry],
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20',
    outfile,
    logLevel: 'silent',
    plugins: [
      {
        name: 'less one',
        setup({ onLoad }) {
          onLoad({ filter: /\.ts$/ }, ({ path: loaded }) => {
            const contents = files.get(loaded);
            return contents === undefined ? undefined : { contents, loader: 'ts' };
          });
        },
      },
    ],
  });
  try {
    return (await import(pathToFileURL(outfile).href)) as Product;
  } finally {
    await rm(outfile, { force: true });
  }
}
