import { copyFile, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Metafile } from 'esbuild';
import { projectDir } from '../lib/project-dir.ts';
import { bundle } from './bundle.ts';
import { checkContents, type Share, sharesOf, startOutputs } from './contents.ts';
import { triggersFile } from './triggers.ts';
import { filesIn, zipFolder } from './zip.ts';

/** Where `npm run package` puts what it makes. */
export const packageDir = path.join(projectDir, '.local', 'package');

/** What is deployed: an unpacked app, and the same as a zip. Sizes in bytes. */
export interface Package {
  /** The app, as the Functions host runs it. */
  readonly dir: string;
  readonly zip: string;
  readonly files: readonly { readonly name: string; readonly bytes: number }[];
  readonly zipBytes: number;
  /** Where the code that every start loads comes from, the largest first. */
  readonly loadedAtStart: readonly Share[];
  /** What was bundled into what. */
  readonly metafile: Metafile;
}

/**
 * Makes the deployable app below `target`, anew.
 * @throws Error when the code cannot be bundled
 */
export async function makePackage(target: string = packageDir): Promise<Package> {
  const dir = path.join(target, 'app');
  const zip = path.join(target, 'contoso-mcp.zip');
  await rm(target, { recursive: true, force: true });
  await mkdir(dir, { recursive: true });
  const metafile = await bundle(dir);
  checkContents(metafile);
  await copyFile(path.join(projectDir, 'host.json'), path.join(dir, 'host.json'));
  await writeFile(path.join(dir, 'package.json'), await manifest());
  const bytes = await zipFolder(dir);
  await writeFile(zip, bytes);
  return {
    dir,
    zip,
    files: await Promise.all(
      (await filesIn(dir)).map(async (name) => ({ name, bytes: (await stat(path.join(dir, name))).size })),
    ),
    zipBytes: bytes.length,
    loadedAtStart: sharesOf(startOutputs(metafile.outputs)),
    metafile,
  };
}

/** The project's package.json without what only development needs; all libraries are in the bundle. */
async function manifest(): Promise<string> {
  const main = `dist/${triggersFile}.js`;
  const { name, version, license, type, engines } = JSON.parse(
    await readFile(path.join(projectDir, 'package.json'), 'utf8'),
  ) as Record<string, unknown>;
  return `${JSON.stringify({ name, version, private: true, license, type, main, engines }, null, 2)}\n`;
}
