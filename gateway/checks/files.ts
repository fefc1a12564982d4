import { fragmentFile, policyFiles } from '../language/bundle.ts';
import { withDescendants } from '../language/xml.ts';
import { type Check, problem } from './check.ts';

/** Every XML file is used: named by apis.json, or a fragment that a policy includes. */
export const checkFiles: Check = ({ bundle }) => {
  const included = [...bundle.documents.values()]
    .flatMap(withDescendants)
    .filter(({ name }) => name === 'include-fragment')
    .map(({ attributes }) => fragmentFile(attributes.get('fragment-id')?.value ?? ''));
  const used = new Set([...policyFiles(bundle.description), ...included]);
  return [...bundle.documents.keys()]
    .filter((file) => !used.has(file))
    .map((file) => problem({ file, line: 1 }, 'nothing uses this file'));
};
