import type { Capability } from '#platform/experts/models/offline/capabilities';
import { accountCapabilities } from './account.ts';
import { billingCapabilities } from './billing.ts';
import { productCapabilities } from './product.ts';
import { rules } from './rules.ts';

/** What can be asked of single customers, of the catalogue, and to be changed: each has a plan. */
export const lookups = { ...billingCapabilities, ...accountCapabilities, ...productCapabilities } as const;

/** A capability that needs a plan of its own; rules share one. */
export type Lookup = keyof typeof lookups;

/** Everything that is understood without a language model. */
export const capabilities: Readonly<Record<string, Capability>> = { ...lookups, ...rules };

/** Words that are in questions of every kind. */
export const fillers = [
  'customer',
  'customers',
  'account',
  'client',
  'caller',
  'subscriber',
  'person',
  'user',
  'doe',
];
