import type { Metafile } from 'esbuild';
import { cardMetafile } from '../cards/page.ts';
import { cardNames } from '../cards/pages.ts';
import { bundleConsole } from '../console/bundle.ts';

/**
 * What is in the package: what was bundled into its files, and into the pages of cards and the files of the console, which
 * are texts in these files.
 * @param bundled of the package
 */
export async function withinPackage(bundled: Metafile): Promise<Metafile> {
  const [{ metafile }, ...cards] = await Promise.all([
    bundleConsole(),
    ...(await cardNames()).map(cardMetafile),
  ]);
  return joined([bundled, metafile, ...cards]);
}

/** Several bundles as one. */
export function joined(metafiles: readonly Metafile[]): Metafile {
  return {
    inputs: Object.assign({}, ...metafiles.map(({ inputs }) => inputs)),
    outputs: Object.assign({}, ...metafiles.map(({ outputs }) => outputs)),
  };
}
