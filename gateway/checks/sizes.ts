import { type PolicyBundle, policyFiles } from '../language/bundle.ts';
import { fragmentOf } from '../language/sections.ts';
import { withDescendants } from '../language/xml.ts';
import { type Check, type Problem, problem, type Tier } from './check.ts';

const kibi = 1024;

/** Most bytes of a fragment: the least that API Management's documentation has named. */
const fragmentLimit = 32 * kibi;

/** Most bytes of a policy document, with what it includes. */
const documentLimits: Readonly<Record<Tier, number>> = { dedicated: 256 * kibi, consumption: 16 * kibi };

/** API Management refuses what is larger when it is deployed. */
export const checkSizes: Check = ({ bundle, tier = 'dedicated' }) => [
  ...[...bundle.sizes].filter(([file]) => file.startsWith('fragments/')).flatMap(checkFragment),
  ...[...policyFiles(bundle.description)].flatMap((file) =>
    checkDocument(file, bundle, documentLimits[tier]),
  ),
];

function checkFragment([file, size]: [string, number]): readonly Problem[] {
  if (size <= fragmentLimit) {
    return [];
  }
  const limit = `a fragment has at most ${fragmentLimit / kibi} KiB`;
  return [problem({ file, line: 1 }, `the file has ${size} bytes; ${limit}`)];
}

/** Fragments are put into a document as they are, so they count there as well, each time. */
function checkDocument(file: string, bundle: PolicyBundle, limit: number): readonly Problem[] {
  const root = bundle.documents.get(file);
  if (root === undefined) {
    return [];
  }
  const included = withDescendants(root)
    .map(fragmentOf)
    .reduce((sum, fragment) => sum + (fragment === undefined ? 0 : (bundle.sizes.get(fragment) ?? 0)), 0);
  const size = (bundle.sizes.get(file) ?? 0) + included;
  if (size <= limit) {
    return [];
  }
  const what = `a policy document has at most ${limit / kibi} KiB`;
  return [problem({ file, line: 1 }, `with its fragments the file has ${size} bytes; ${what}`)];
}
