import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';

/** The project's folder. */
export const projectDir = path.resolve(import.meta.dirname, '../..');

/**
 * Compiles functions/ and shared/ into dist/, the build that every Functions host loads.
 * @throws Error with the compiler's output when the code does not compile
 */
export async function compile(): Promise<void> {
  await rm(path.join(projectDir, 'dist'), { recursive: true, force: true });
  const tsc = path.join(
    path.dirname(createRequire(import.meta.url).resolve('typescript/package.json')),
    'bin/tsc',
  );
  const child = spawn(process.execPath, [tsc, '-p', 'tsconfig.build.json'], {
    cwd: projectDir,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.on('data', (chunk) => {
    output += chunk;
  });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`The code does not compile:\n${output}`);
}
