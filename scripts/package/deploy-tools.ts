import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { build, type Metafile, type Plugin } from 'esbuild';
import { projectDir } from '../lib/project-dir.ts';
import { joined } from './within.ts';

/** What a deployment runs beside the package: the name of the file that is made, and what it is made of. */
export const deployTools: Readonly<Record<string, string>> = {
  'doctor.mjs': 'doctor/cli.ts',
  'deploy-policies.mjs': 'gateway/deploy/cli.ts',
};

/** Libraries inside that are CommonJS ask for Node's own modules this way. */
const requireForLibraries = [
  "import { createRequire as createRequireForLibraries } from 'node:module';",
  'const require = createRequireForLibraries(import.meta.url);',
].join('\n');

/**
 * Bundles each tool into one file in `dir`, with all that it needs: it runs where nothing is installed, in a checkout of
 * the sources that it was made of.
 * @returns what was bundled into them
 * @throws Error when something cannot be bundled
 */
export async function bundleTools(dir: string): Promise<Metafile> {
  const metafiles: Metafile[] = [];
  for (const [file, entry] of Object.entries(deployTools)) {
    const { metafile } = await build({
      absWorkingDir: projectDir,
      entryPoints: [entry],
      outfile: path.join(dir, file),
      bundle: true,
      metafile: true,
      platform: 'node',
      target: 'node20.19',
      format: 'esm',
      // errors are told by the names of their classes
      keepNames: true,
      banner: { js: requireForLibraries },
      logLevel: 'silent',
      define: { 'import.meta.dirname': '__ownDir' },
      plugins: [{ name: 'places', setup: tellPlaces }],
    });
    metafiles.push(metafile);
  }
  return joined(metafiles);
}

/** A module of the project that asks for its place is told where its source is in the folder that the tool is run in. */
const tellPlaces: Plugin['setup'] = ({ onLoad }) => {
  onLoad({ filter: /\.ts$/ }, async ({ path: file }) => {
    const text = await readFile(file, 'utf8');
    if (!text.includes('import.meta.') || file.includes('node_modules')) {
      return undefined;
    }
    const place = JSON.stringify(path.relative(projectDir, file).replaceAll(path.sep, '/'));
    const head = [
      "import { dirname as __dirname, resolve as __resolve } from 'node:path';",
      "import { pathToFileURL as __pathToFileURL } from 'node:url';",
      `const __ownDir = __dirname(__resolve(${place})), __ownUrl = __pathToFileURL(__resolve(${place})).href;`,
    ].join(' ');
    // only here: the banner and the libraries ask for the place of the bundle itself
    return { contents: head + text.replaceAll('import.meta.url', '__ownUrl'), loader: 'ts' };
  });
};
