import { readFileSync } from 'node:fs';
import path from 'node:path';
import { globSync } from 'tinyglobby';
import { projectDir } from '#scripts/lib/project-dir';

/** What is made by use and not kept, as `.gitignore` says. */
const notKept = readFileSync(path.join(projectDir, '.gitignore'), 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((pattern) => (pattern.endsWith('/') ? `**/${pattern}**` : `**/${pattern}`));

/** Every file of the project by its path, with slashes; also those that are not committed yet. */
export const projectFiles: readonly string[] = globSync('**', {
  cwd: projectDir,
  dot: true,
  ignore: [...notKept, '.git/**', '.git'],
}).sort();

/** Every document that people read. */
export const documents: readonly string[] = projectFiles.filter((file) => file.endsWith('.md'));

export const readFile = (file: string) => readFileSync(path.join(projectDir, file), 'utf8');
