import {
  type ApiDescription,
  type ApisDescription,
  fragmentFile,
  type OperationDescription,
  type PolicyBundle,
} from './bundle.ts';
import type { Section } from './model.ts';
import type { XmlElement } from './xml.ts';

/**
 * The elements of a section as they run for one operation: each `<base />` stands for the scope around it.
 * @param files policy files from the widest scope to the narrowest; a scope without a policy is left out
 */
export function effectiveSection(
  section: Section,
  files: readonly string[],
  bundle: PolicyBundle,
): readonly XmlElement[] {
  const file = files.at(-1);
  if (file === undefined) {
    return [];
  }
  const own = bundle.documents.get(file)?.children.find(({ name }) => name === section);
  return (own?.children ?? []).flatMap((element) =>
    element.name === 'base' ? effectiveSection(section, files.slice(0, -1), bundle) : [element],
  );
}

/** The policy files that apply to an operation, from the widest scope to the narrowest. */
export function scopesOf(
  description: ApisDescription,
  api: ApiDescription,
  operation: OperationDescription,
): readonly string[] {
  return [description.policy, api.policy, operation.policy].filter((file) => file !== undefined);
}

/** The elements with every fragment in place of its `<include-fragment>`, at the top level only. */
export function withFragments(elements: readonly XmlElement[], bundle: PolicyBundle): readonly XmlElement[] {
  return elements.flatMap((element) => {
    const file = fragmentOf(element);
    return file === undefined ? [element] : (bundle.documents.get(file)?.children ?? []);
  });
}

/** The file of the fragment that an element includes; undefined for any other element. */
export function fragmentOf(element: XmlElement): string | undefined {
  if (element.name !== 'include-fragment') {
    return undefined;
  }
  return fragmentFile(element.attributes.get('fragment-id')?.value ?? '');
}

/** Whether an element is that policy, or includes a fragment that has it at its top. */
export function holds(element: XmlElement, policy: string, bundle: PolicyBundle): boolean {
  return withFragments([element], bundle).some(({ name }) => name === policy);
}
