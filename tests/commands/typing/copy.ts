import { readFileSync } from 'node:fs';
import path from 'node:path';
import { projectDir } from '#scripts/lib/project-dir';
import { projectFiles } from '../../docs/reading/tree.ts';
import { copyProject } from '../extending/project-copy.ts';

/** The project as somebody has it who has just cloned it and typed `npm ci`: what runs here keeps nothing. */
export interface Copy {
  readonly dir: string;
  /** The files whose content is no longer that of the project. */
  changed(): readonly string[];
  remove(): void;
}

export async function makeCopy(): Promise<Copy> {
  const { dir, remove } = await copyProject();
  const same = (file: string) =>
    readFileSync(path.join(dir, file)).equals(readFileSync(path.join(projectDir, file)));
  return { dir, changed: () => projectFiles.filter((file) => !same(file)), remove };
}
