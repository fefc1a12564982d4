import { withDescendants } from '../language/xml.ts';
import { type Check, problem } from './check.ts';

/** Policies that the Consumption tier does not have. */
const absent = ['rate-limit-by-key', 'quota-by-key'];

/** Nothing is used that the tier does not have. */
export const checkTier: Check = ({ bundle, tier }) =>
  tier !== 'consumption'
    ? []
    : [...bundle.documents.values()]
        .flatMap(withDescendants)
        .filter(({ name }) => absent.includes(name))
        .map(({ name, position }) => problem(position, `the Consumption tier has no <${name}>`));
