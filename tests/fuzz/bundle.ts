import path from 'node:path';
import { build } from 'esbuild';
import { projectDir } from '../../scripts/lib/project-dir.ts';
import { targets } from './targets.ts';

/** Folder of the targets as the fuzzer takes them: it watches what it loads with `require`. */
export const bundles = path.join(projectDir, '.local', 'fuzz');

/** Puts each target together with all that it loads: of that the fuzzer sees which parts are reached. */
export async function bundleTargets(): Promise<void> {
  await build({
    absWorkingDir: projectDir,
    entryPoints: Object.keys(targets).map((name) => `tests/fuzz/targets/${name}.ts`),
    outdir: bundles,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node20.19',
    keepNames: true,
    sourcemap: 'inline',
    logLevel: 'silent',
  });
}
