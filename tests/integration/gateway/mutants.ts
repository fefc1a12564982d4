import type { PolicyBundle } from '#gateway/language/bundle';
import { withFragments } from '#gateway/language/sections';
import { withDescendants, type XmlElement } from '#gateway/language/xml';

/** The policies with one element less, or with two in each other's place. */
export interface Mutant {
  /** File, line and name of the element, and what became of it. */
  readonly name: string;
  readonly policies: PolicyBundle;
}

/**
 * Every element of every policy file but the outermost, each taken out of policies that are otherwise whole; and every
 * two siblings that can refuse a call, one after the other, in each other's place.
 */
export function mutantsOf(bundle: PolicyBundle): readonly Mutant[] {
  return [...bundle.documents].flatMap(([file, root]) => [
    ...root.children.flatMap(withDescendants).map((element) => ({
      name: `${nameOf(element)} is gone`,
      policies: { ...bundle, documents: new Map(bundle.documents).set(file, without(root, element)) },
    })),
    ...withDescendants(root)
      .flatMap(({ children }) => neighbours(children, bundle))
      .map(([first, second]) => ({
        name: `${nameOf(first)} changes places with <${second.name}>`,
        policies: { ...bundle, documents: new Map(bundle.documents).set(file, swapped(root, first, second)) },
      })),
  ]);
}

const nameOf = ({ name, position: { file, line } }: XmlElement) => `${file}:${line} <${name}>`;

/** Policies that end a call, by themselves or with what they hold, and the one that reports that one has ended. */
const refusing = [
  'validate-jwt',
  'rate-limit-by-key',
  'return-response',
  'check-header',
  'send-one-way-request',
];

function neighbours(elements: readonly XmlElement[], bundle: PolicyBundle): [XmlElement, XmlElement][] {
  const refuses = (element: XmlElement) =>
    element.name !== 'when' &&
    withDescendants(element)
      .flatMap((inner) => withFragments([inner], bundle).flatMap(withDescendants))
      .some(({ name }) => refusing.includes(name));
  const candidates = elements.filter(refuses);
  return candidates.slice(1).map((second, index) => [candidates[index] ?? second, second]);
}

function swapped(element: XmlElement, first: XmlElement, second: XmlElement): XmlElement {
  const children = element.children
    .map((child) => (child === first ? second : child === second ? first : child))
    .map((child) => swapped(child, first, second));
  return { ...element, children };
}

function without(element: XmlElement, gone: XmlElement): XmlElement {
  const children = element.children.filter((child) => child !== gone).map((child) => without(child, gone));
  return { ...element, children };
}
