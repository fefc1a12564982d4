import type { PolicyBundle } from '#gateway/language/bundle';
import { withDescendants, type XmlElement } from '#gateway/language/xml';

/** The policies with one element less. */
export interface Mutant {
  /** File, line and name of the element that is gone. */
  readonly name: string;
  readonly policies: PolicyBundle;
}

/** Every element of every policy file but the outermost, each taken out of policies that are otherwise whole. */
export function mutantsOf(bundle: PolicyBundle): readonly Mutant[] {
  return [...bundle.documents].flatMap(([file, root]) =>
    root.children.flatMap(withDescendants).map((element) => ({
      name: `${element.position.file}:${element.position.line} <${element.name}>`,
      policies: {
        ...bundle,
        documents: new Map(bundle.documents).set(file, without(root, element)),
      },
    })),
  );
}

function without(element: XmlElement, gone: XmlElement): XmlElement {
  const children = element.children.filter((child) => child !== gone).map((child) => without(child, gone));
  return { ...element, children };
}
