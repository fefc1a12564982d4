import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Metafile } from 'esbuild';
import { projectDir } from '../lib/project-dir.ts';
import { isStandIn } from './load-when-used.ts';
import { isOfStart } from './start-chunks.ts';
import { triggers } from './triggers.ts';

const tool = 'node_modules/@cyclonedx/cyclonedx-esbuild/bin/cyclonedx-esbuild-cli.js';

/** What is read of a CycloneDX document (specification 1.6). */
export interface Sbom {
  readonly bomFormat: string;
  readonly specVersion: string;
  readonly components: readonly Component[];
}

interface Component {
  readonly group?: string;
  readonly name: string;
  readonly version?: string;
}

/** What is read of package-lock.json: every package by the folder that it is installed in. */
export interface Lock {
  readonly packages: Readonly<Record<string, { readonly name?: string; readonly version?: string }>>;
}

/**
 * Writes which packages are in a bundle, as CycloneDX. The same bundle gives the same bytes.
 * @throws Error when the document does not fit the specification, the bundle or the lock file
 */
export async function writeSbom(metafile: Metafile, file: string): Promise<Sbom> {
  const temporary = await mkdtemp(path.join(tmpdir(), 'sbom-'));
  try {
    const input = path.join(temporary, 'metafile.json');
    await writeFile(input, JSON.stringify(withoutMade(metafile)));
    const args = [tool, '--validate', '--output-reproducible', '--output-file', file, input];
    await promisify(execFile)(process.execPath, args, { cwd: projectDir });
  } finally {
    await rm(temporary, { recursive: true });
  }
  const sbom = JSON.parse(await readFile(file, 'utf8')) as Sbom;
  const lock = JSON.parse(await readFile(path.join(projectDir, 'package-lock.json'), 'utf8')) as Lock;
  checkSbom(sbom, metafile, lock);
  return sbom;
}

/** Modules of our own that were made while bundling: what turns into a library later is listed as that library. */
function withoutMade({ inputs, outputs }: Metafile): Metafile {
  const isMade = (name: string) => isStandIn(name) || isOfStart(name) || name === triggers;
  const without = <Value>(record: Readonly<Record<string, Value>>) =>
    Object.fromEntries(Object.entries(record).filter(([name]) => !isMade(name)));
  return {
    inputs: without(inputs),
    outputs: Object.fromEntries(
      Object.entries(outputs).map(([name, output]) => [name, { ...output, inputs: without(output.inputs) }]),
    ),
  };
}

/**
 * Compares the document with what was bundled, at the versions of the lock file.
 * @throws Error naming what is bundled and not listed, or listed and not bundled
 */
export function checkSbom(sbom: Sbom, metafile: Metafile, lock: Lock): void {
  const listed = sbom.components.map(nameOf).sort();
  const missing = packagesOf(filesWithBytes(metafile), lock).filter((name) => !listed.includes(name));
  // a package that only passes another one on may be listed, and has no byte
  const read = packagesOf(Object.keys(metafile.inputs), lock);
  const unknown = listed.filter((name) => !read.includes(name));
  if (missing.length > 0) {
    throw new Error(`In the bundle and not in its SBOM: ${missing.join(', ')}. Look at what wrote the SBOM.`);
  }
  if (unknown.length > 0) {
    throw new Error(`In the SBOM and not in the bundle: ${unknown.join(', ')}. Look at what wrote the SBOM.`);
  }
}

/** The files that have a byte in a bundle. */
function filesWithBytes({ outputs }: Metafile): string[] {
  return Object.values(outputs).flatMap(({ inputs }) =>
    Object.entries(inputs).flatMap(([file, { bytesInOutput }]) => (bytesInOutput > 0 ? [file] : [])),
  );
}

/** Name and version of every package that one of the files is of, each once, in their order. */
function packagesOf(files: readonly string[], { packages }: Lock): string[] {
  // from the first one on: what is installed may be elsewhere, with a link to it here
  const folders = new Set(
    files.flatMap((file) => /node_modules\/(?:.*node_modules\/)?(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? []),
  );
  const names = [...folders].map((folder) => {
    // a package that is installed by another name has its own here
    const { name = folder.split('node_modules/').at(-1), version } = packages[folder] ?? {};
    if (version === undefined) {
      throw new Error(`${folder} is in the bundle and not in package-lock.json. Run: npm ci`);
    }
    return `${name}@${version}`;
  });
  return [...new Set(names)].sort();
}

/** As `@group/name@version`. */
export function nameOf({ group, name, version }: Component): string {
  return `${group === undefined ? '' : `${group}/`}${name}@${version}`;
}
