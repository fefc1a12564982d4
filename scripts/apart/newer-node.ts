import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The first Node that every package of `packages.ts` runs on: what each states as its `engines`. */
const needed = [22, 23] as const;
const pinned = 'node@24.21.0';

let brought: Promise<string> | undefined;

/**
 * Path of a Node that is new enough for what stands in packages of its own: this one, or one that npm brings along.
 * @throws Error when npm cannot get one
 */
export function newerNode(): Promise<string> {
  if (isNewEnough(process.versions.node)) {
    return Promise.resolve(process.execPath);
  }
  brought ??= bring();
  return brought;
}

export function isNewEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > needed[0] || (major === needed[0] && minor >= needed[1]);
}

async function bring(): Promise<string> {
  const print = ['exec', '--yes', `--package=${pinned}`, '-c', 'node -p process.execPath'];
  try {
    const { stdout } = await run('npm', print, { shell: process.platform === 'win32' });
    return stdout.trim();
  } catch {
    throw new Error(
      `This needs Node ${needed.join('.')} or later, and npm could not get one (npm exec --package=${pinned}). Install Node 24, or look at the network.`,
    );
  }
}
