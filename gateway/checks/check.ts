import type { NamedValueDescription } from '../generate/named-values.ts';
import type { PolicyBundle } from '../language/bundle.ts';
import type { Position } from '../language/problem.ts';
import type { Registry } from '../registry.ts';

/** What the checks look at. */
export interface Deployment {
  readonly bundle: PolicyBundle;
  readonly registry: Registry;
  readonly namedValues: Readonly<Record<string, NamedValueDescription>>;
}

export interface Problem {
  readonly position: Position;
  readonly description: string;
}

/** Looks for one kind of mistake. */
export type Check = (deployment: Deployment) => readonly Problem[];

export function problem(position: Position, description: string): Problem {
  return { position, description };
}
