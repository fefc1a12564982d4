import { type PolicyBundle, readBundle, withTexts } from '../language/bundle.ts';
import { policiesFolder, type Registry, readRegistry } from '../registry.ts';
import { describeApis } from './apis.ts';
import { generatedFiles } from './files.ts';

/** The product's policies as they would be with another registry. */
export function policiesOf(registry: Registry): PolicyBundle {
  const { documents, sizes } = readBundle(policiesFolder);
  const former = generatedFiles(readRegistry());
  const isKept = ([file]: readonly [string, unknown]) => !former.has(file);
  const kept = {
    description: describeApis(registry),
    documents: new Map([...documents].filter(isKept)),
    sizes: new Map([...sizes].filter(isKept)),
  };
  return withTexts(
    kept,
    [...generatedFiles(registry)].filter(([file]) => file.endsWith('.xml')),
  );
}
