import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { projectDir } from '../lib/project-dir.ts';
import { newerNode } from './newer-node.ts';

/**
 * Packages with a lock file of their own: what they bring asks for a newer Node than this project does, and must not
 * stand among its dependencies, where it would warn everybody who installs them.
 */
export const packagesApart = {
  charts: 'bench/charts',
  clones: 'scripts/clones',
  peers: 'bench/peers',
  conformance: 'tests/conformance',
  frameworks: 'tests/frameworks',
  fuzz: 'tests/fuzz/jazzer',
  inspector: 'scripts/inspector',
} as const;
export type PackageApart = keyof typeof packagesApart;

/** What runs one of them. */
export interface InstalledApart {
  /** A Node that is new enough. */
  readonly node: string;
  /** The folder in which its dependencies are. */
  readonly modules: string;
}

/**
 * Installs the dependencies of a package, once: again when its lock file has changed.
 * @param say told when it takes a while
 * @throws Error when npm could not
 */
export async function installApart(
  name: PackageApart,
  say: (line: string) => void = console.error,
): Promise<InstalledApart> {
  const dir = path.join(projectDir, packagesApart[name]);
  const modules = path.join(dir, 'node_modules');
  const node = await newerNode();
  if (await isInstalled(name)) {
    return { node, modules };
  }
  say(`Installing ${packagesApart[name]}/package.json, which is done once …`);
  const { code, output } = await npmCi(dir, node);
  if (code !== 0) {
    await rm(modules, { recursive: true, force: true });
    throw new Error(
      `${output.trim()}\nnpm could not install ${packagesApart[name]}/package.json; its lines above say why.`,
    );
  }
  return { node, modules };
}

/** Whether the dependencies of a package are there, as its lock file has them now. */
export async function isInstalled(name: PackageApart): Promise<boolean> {
  const dir = path.join(projectDir, packagesApart[name]);
  // npm writes this file last
  const done = await modified(path.join(dir, 'node_modules/.package-lock.json'));
  return done > (await modified(path.join(dir, 'package-lock.json')));
}

/** With the newer Node first on the path, so that npm, and what it starts, run on it. */
async function npmCi(dir: string, node: string): Promise<{ code: number | null; output: string }> {
  const PATH = [path.dirname(node), process.env.PATH].join(path.delimiter);
  // what `npm run` has set is meant for the package that it was called in
  const kept = Object.entries(process.env).filter(([name]) => !/^npm_|^PATH$/i.test(name));
  const child = spawn('npm', ['ci', '--no-audit', '--no-fund'], {
    cwd: dir,
    env: { ...Object.fromEntries(kept), PATH },
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32',
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
    });
  }
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, output };
}

/** 0 when the file does not exist. */
async function modified(file: string): Promise<number> {
  return (await stat(file).catch(() => undefined))?.mtimeMs ?? 0;
}
