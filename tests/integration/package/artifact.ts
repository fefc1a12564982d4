import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { unzipSync } from 'fflate';
import { makePackage, type Package } from '#scripts/package/package';

/** What is deployed, made anew, and unpacked to a place where nothing of this project is in reach. */
export interface Artifact {
  readonly made: Package;
  /** Where the zip was unpacked. */
  readonly dir: string;
  remove(): Promise<void>;
}

export async function makeArtifact(): Promise<Artifact> {
  const root = await realpath(await mkdtemp(path.join(tmpdir(), 'package-')));
  refuseModulesAbove(root);
  const made = await makePackage(path.join(root, 'made'));
  const dir = path.join(root, 'unpacked');
  for (const [file, bytes] of Object.entries(unzipSync(await readFile(made.zip)))) {
    await mkdir(path.dirname(path.join(dir, file)), { recursive: true });
    await writeFile(path.join(dir, file), bytes);
  }
  return { made, dir, remove: () => rm(root, { recursive: true }) };
}

/** A library that is missing in the artifact must not be found by accident. */
function refuseModulesAbove(dir: string): void {
  for (let at = dir; at !== path.dirname(at); at = path.dirname(at)) {
    if (existsSync(path.join(at, 'node_modules'))) {
      throw new Error(`There is a node_modules in ${at}.`);
    }
  }
}
