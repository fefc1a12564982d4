import { withDescendants, type XmlElement } from '../language/xml.ts';
import { type Check, problem } from './check.ts';

/** What in the key of a counter says whose calls it counts; before the user is known, that is the address. */
const owners = [
  ['user', /"(?:user|address):"/],
  ['tenant', /"(?:tenant|sign-in):"/],
] as const;

/**
 * A limit counts when it is reached. Counted before the user, the tenant's would be used up by the refused calls of one
 * user, and everybody else of the tenant locked out.
 */
export const checkLimits: Check = ({ bundle }) =>
  [...bundle.documents.values()].flatMap((root) => {
    const limits = withDescendants(root).filter(({ name }) => name === 'rate-limit-by-key');
    const first = limits.findIndex((limit) => ownerOf(limit) === 'tenant');
    const user = limits.slice(first + 1).find((limit) => ownerOf(limit) === 'user');
    return first < 0 || user === undefined
      ? []
      : [problem(limits[first]?.position ?? root.position, 'this counts the tenant before the user')];
  });

function ownerOf({ attributes }: XmlElement): string | undefined {
  const key = attributes.get('counter-key')?.value ?? '';
  return owners.find(([, pattern]) => pattern.test(key))?.[0];
}
