import { createHash } from 'node:crypto';
import { copyFile, mkdir, mkdtemp, readFile, realpath, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { projectDir } from '../../../local/build/compile.ts';
import { projectFiles } from '../reading/tree.ts';

/** The project as somebody has it who has just cloned it and installed the dependencies: what runs here keeps nothing. */
export interface Copy {
  readonly dir: string;
  /** The files whose content is no longer that of the project. */
  changed(): Promise<readonly string[]>;
  remove(): Promise<void>;
}

export async function makeCopy(): Promise<Copy> {
  const dir = await realpath(await mkdtemp(path.join(tmpdir(), 'clone-')));
  for (const file of projectFiles) {
    await mkdir(path.dirname(path.join(dir, file)), { recursive: true });
    await copyFile(path.join(projectDir, file), path.join(dir, file));
  }
  await symlink(path.join(projectDir, 'node_modules'), path.join(dir, 'node_modules'), 'junction');
  return {
    dir,
    async changed() {
      const same = await Promise.all(
        projectFiles.map(
          async (file) =>
            (await digest(path.join(dir, file))) === (await digest(path.join(projectDir, file))),
        ),
      );
      return projectFiles.filter((_, index) => !same[index]);
    },
    // The link goes, what it points to stays.
    remove: () => rm(dir, { recursive: true, force: true }),
  };
}

async function digest(file: string): Promise<string> {
  return createHash('sha256')
    .update(await readFile(file))
    .digest('hex');
}
