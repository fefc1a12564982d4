import type { Prediction } from './predict.ts';

/** Looks at one predicted deployment. */
export interface InfraCheck {
  /** One sentence for each thing that is not as it has to be. */
  problems(prediction: Prediction): readonly string[];
}

/** Names of the one list that are not in the other. */
export function without(names: Iterable<string>, others: Iterable<string>): string[] {
  const known = new Set(others);
  return [...new Set(names)].filter((name) => !known.has(name));
}
