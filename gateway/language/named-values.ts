import { PolicyProblem, type Position } from './problem.ts';

/** Values by name, as the deployment or the local stack has them. */
export type NamedValues = Readonly<Record<string, string>>;

/** How API Management writes a named value inside a policy. */
const reference = /\{\{([A-Za-z0-9._-]+)\}\}/g;

/** The names that a text refers to. */
export function namesIn(text: string): string[] {
  return [...text.matchAll(reference)].map(([, name]) => name ?? '');
}

/**
 * Puts the values in, as text, before anything else looks at the policy.
 * @throws PolicyProblem when a value is not given
 */
export function substitute(text: string, values: NamedValues, position: Position): string {
  return text.replace(reference, (_, name: string) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (value === undefined) {
      throw new PolicyProblem(position, `the named value {{${name}}} is not defined`);
    }
    return value;
  });
}
