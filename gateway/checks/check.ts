import type { NamedValueDescription } from '../generate/named-values.ts';
import type { ApiDescription, OperationDescription, PolicyBundle } from '../language/bundle.ts';
import type { Position } from '../language/problem.ts';
import type { Registry } from '../registry.ts';

/** Kinds of API Management services whose limits differ: what one pays for by the unit, and by the call. */
export const tiers = ['dedicated', 'consumption'] as const;
export type Tier = (typeof tiers)[number];

/** What the checks look at. */
export interface Deployment {
  /** `dedicated` when it is left out. */
  readonly tier?: Tier;
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

/** Method and path of an operation, as a request has them. */
export function addressOf({ path }: ApiDescription, { method, urlTemplate }: OperationDescription): string {
  return `${method} ${path === '' ? '' : `/${path}`}${urlTemplate}`;
}
