import { withDescendants } from '../language/xml.ts';
import { type Check, problem } from './check.ts';

const file = 'fragments/caller.xml';

/**
 * A tenant may have several directories, and each of them vouches for its own people only: a token of one that names
 * another is refused, and reported. No case of the tests can ask for it while every tenant has one directory.
 */
export const checkCaller: Check = ({ bundle }) => {
  const root = bundle.documents.get(file);
  const refusals = (root === undefined ? [] : withDescendants(root)).filter(
    ({ name, attributes }) => name === 'when' && attributes.get('condition')?.value.includes('.Issuer != '),
  );
  const sets = refusals.flatMap(({ children }) =>
    children.map(({ attributes }) => attributes.get('name')?.value),
  );
  return ['token-problem', 'refusal-reason']
    .filter((name) => !sets.includes(name))
    .map((name) =>
      problem({ file, line: 1 }, `a token of one directory that names another does not set ${name}`),
    );
};
