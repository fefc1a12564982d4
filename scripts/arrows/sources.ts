import { readFileSync } from 'node:fs';
import path from 'node:path';
import { glob } from 'tinyglobby';
import { readSource, type SourceFile } from './read-file.ts';

/** Every TypeScript file of the project's rooms; tests may import what they need and are in none. */
export async function readSources(projectDir: string): Promise<readonly SourceFile[]> {
  const files = await glob(['**/*.{ts,tsx}'], {
    cwd: projectDir,
    ignore: ['**/node_modules/**', 'dist/**', '.local/**', 'tests/**', '*.config.ts'],
  });
  return files.sort().map((file) => readSource(file, readFileSync(path.join(projectDir, file), 'utf8')));
}

/** The aliases of package.json. */
export function readAliases(projectDir: string): Readonly<Record<string, string>> {
  const { imports } = JSON.parse(readFileSync(path.join(projectDir, 'package.json'), 'utf8')) as {
    imports: Record<string, string>;
  };
  return imports;
}
