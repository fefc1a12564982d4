import { namesIn } from '../language/named-values.ts';
import { withDescendants } from '../language/xml.ts';
import { type Check, problem } from './check.ts';

/** Every named value that a policy uses is described, and every one that is described is used. */
export const checkNamedValues: Check = ({ bundle, namedValues }) => {
  const uses = [...bundle.documents.values()]
    .flatMap(withDescendants)
    .flatMap((element) => [
      ...namesIn(element.text).map((name) => ({ name, position: element.textPosition })),
      ...[...element.attributes.values()].flatMap(({ value, position }) =>
        namesIn(value).map((name) => ({ name, position })),
      ),
    ]);
  const used = new Set(uses.map(({ name }) => name));
  return [
    ...uses
      .filter(({ name }) => !Object.hasOwn(namedValues, name))
      .map(({ name, position }) => problem(position, `the named value {{${name}}} is not described`)),
    ...Object.keys(namedValues)
      .filter((name) => !used.has(name))
      .map((name) =>
        problem({ file: 'named-values.json', line: 1 }, `no policy uses the named value {{${name}}}`),
      ),
  ];
};
