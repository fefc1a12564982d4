import path from 'node:path';
import { build } from 'esbuild';
import { projectDir } from '../../scripts/lib/project-dir.ts';

/** Inside the project, so that libraries are found; git does not see it. */
export const scratchDir = path.join(projectDir, '.local', 'bench');

/**
 * Turns TypeScript entry points into files that Node runs as they are, so that a start is not charged for compiling.
 * Our own code is bundled, libraries stay where they are.
 * @returns the files' paths, in the order of the entry points
 */
export async function toPlainNode(entryPoints: readonly string[]): Promise<readonly string[]> {
  const outdir = path.join(scratchDir, 'starts');
  await build({
    absWorkingDir: projectDir,
    entryPoints: [...entryPoints],
    outdir,
    outbase: 'bench/peers',
    outExtension: { '.js': '.mjs' },
    bundle: true,
    packages: 'external',
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    logLevel: 'silent',
  });
  return entryPoints.map((file) => path.join(outdir, `${path.basename(file, '.ts')}.mjs`));
}
