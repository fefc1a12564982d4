import type { PolicyBundle } from './bundle.ts';
import { policyModels, type Section } from './model.ts';
import { PolicyProblem } from './problem.ts';
import { withFragments } from './sections.ts';
import { withDescendants, type XmlElement } from './xml.ts';

/**
 * How many policies a section may hold, and where. API Management refuses such a document when it is deployed; only the
 * place of `cors` it accepts, and then answers fewer preflight requests than it should.
 * @param element the section of one document
 * @throws PolicyProblem at the first policy that is too much or in the wrong place
 */
export function checkCardinality(element: XmlElement, section: Section, bundle: PolicyBundle): void {
  const policies = withFragments(element.children, bundle);
  const [, second] = policies;
  if (section === 'backend' && second !== undefined) {
    throw new PolicyProblem(second.position, '<backend> holds one policy and nothing else');
  }
  const met = new Set<string>();
  for (const { name, position } of policies.flatMap((policy) => withinFragments(policy, bundle))) {
    if (!policyModels[name]?.once) {
      continue;
    }
    if (met.has(name)) {
      throw new PolicyProblem(position, `<${name}> can be used once in a section`);
    }
    met.add(name);
  }
  const misplaced = policies.slice(1).find(({ name }) => name === 'cors');
  if (misplaced !== undefined) {
    throw new PolicyProblem(misplaced.position, '<cors> is not the first policy of inbound');
  }
}

/** An element and everything inside it, with fragments in place of what includes them. */
function withinFragments(element: XmlElement, bundle: PolicyBundle): XmlElement[] {
  return withDescendants(element).flatMap((inner) => withFragments([inner], bundle));
}
