import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
/** The first line of Node that the suite runs on: it uses `fs.globSync`. */
const needed = 22;
const pinned = 'node@22.23.3';
const installed = fileURLToPath(new URL('../../node_modules/node/bin/node', import.meta.url));

/**
 * Path of a Node that is new enough for the suite: this one, or one that npm brings along.
 * @throws Error when npm cannot get one
 */
export async function newerNode(): Promise<string> {
  if (Number.parseInt(process.versions.node, 10) >= needed) return process.execPath;
  if (existsSync(installed)) return installed;
  const print = ['exec', '--yes', `--package=${pinned}`, '-c', 'node -p process.execPath'];
  const { stdout } = await run('npm', print, { shell: process.platform === 'win32' });
  return stdout.trim();
}
