import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { installApart } from '../scripts/apart/install.ts';
import { entry } from './load/child.ts';

/**
 * Installs the peers, and starts the benchmark again when they ask for a newer Node: what is compared must run on the
 * same one.
 * @returns the exit code of that; undefined when this Node will do
 */
export async function besidePeers(args: readonly string[]): Promise<number | undefined> {
  const { node } = await installApart('peers');
  if (node === process.execPath) {
    return undefined;
  }
  const child = spawn(node, [...entry('bench/cli.ts', ...args)], { stdio: 'inherit' });
  const [code] = (await once(child, 'exit')) as [number | null];
  return code ?? 1;
}
