import type { Metafile } from 'esbuild';
import { cardMetafile } from '../cards/page.ts';
import { cardNames } from '../cards/pages.ts';

/**
 * What is in the package: what was bundled into its files, and into the pages of cards, which are texts in these files.
 * @param bundled of the package
 */
export async function withinPackage(bundled: Metafile): Promise<Metafile> {
  return joined([bundled, ...(await Promise.all((await cardNames()).map(cardMetafile)))]);
}

/** Several bundles as one. */
export function joined(metafiles: readonly Metafile[]): Metafile {
  return {
    inputs: Object.assign({}, ...metafiles.map(({ inputs }) => inputs)),
    outputs: Object.assign({}, ...metafiles.map(({ outputs }) => outputs)),
  };
}
