import { execFileSync } from 'node:child_process';
import { UsageError } from '../command-line/usage-error.ts';
import { projectDir } from '../lib/project-dir.ts';
import { pinIn, pinsFolder } from './files.ts';
import { type Pins, pinsById } from './pin.ts';

/**
 * The pins as they were committed at a tag or commit; empty when there were none.
 * @throws UsageError when the repository has no such tag or commit
 */
export function pinsAt(ref: string): Pins {
  const commit = commitOf(ref);
  const files = git('ls-tree', '-r', '-z', '--name-only', '--full-tree', commit, '--', `${pinsFolder}/`)
    .split('\0')
    .filter((file) => file !== '');
  return pinsById(files.flatMap((file) => pinIn(file, git('show', `${commit}:${file}`)) ?? []));
}

function commitOf(ref: string): string {
  try {
    return git('rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`).trim();
  } catch {
    throw new UsageError(
      `There is no tag or commit ${ref} here. Name one that git log shows; where only a part of the history is there, fetch it first.`,
    );
  }
}

function git(...args: readonly string[]): string {
  return execFileSync('git', args, {
    cwd: projectDir,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    maxBuffer: 64 * 1024 * 1024,
  });
}
