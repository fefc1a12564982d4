import { readFileSync } from 'node:fs';
import path from 'node:path';
import { projectDir } from '../lib/project-dir.ts';

/**
 * The name under which package.json runs an entry point, for a sentence that says how to call it; undefined when it has
 * none. Where several do, the one that npm says it is running.
 * @param event `npm_lifecycle_event`: of the outermost script, which may be another one, such as `npm test`
 */
export function scriptName(entry: string | undefined, event: string | undefined): string | undefined {
  if (entry === undefined) {
    return undefined;
  }
  const file = path.relative(projectDir, entry).replaceAll(path.sep, '/');
  const manifest = readFileSync(path.join(projectDir, 'package.json'), 'utf8');
  const { scripts } = JSON.parse(manifest) as { scripts: Readonly<Record<string, string>> };
  const names = Object.keys(scripts).filter((name) => scripts[name]?.split(' ').includes(file));
  return names.find((name) => name === event) ?? names[0];
}
