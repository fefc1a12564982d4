import { businessTools } from '#contoso/tools/index';
import type { RoundTrips } from './round-trips.ts';

/** What one call is billed at most, in the units of Azure's price list. */
export interface CallCost {
  /** Transactions of Table Storage, those of the audit trail among them. */
  readonly operations: number;
  /** Executions of functions. */
  readonly executions: number;
  /** Gigabyte-seconds when no other call shares the instance meanwhile. */
  readonly gbSeconds: number;
}

/** Mebibytes of an instance, as the infrastructure has it when nothing else is said (`MEMORY_MB`). */
export const instanceMemory = 2_048;

/**
 * Milliseconds of activity that an instance is billed at least; more is rounded up to 100.
 * (Azure Functions, "Estimating consumption-based costs", Flex Consumption, on demand)
 */
export const leastActivity = 1_000;

/**
 * The bill of a lonely call. A tool that only reads has its audit entry written in a batch afterwards, which is a
 * transaction of its own when nobody else calls; a tool that changes something has its two among its round trips.
 */
export function callCosts(roundTrips: RoundTrips): Readonly<Record<string, CallCost>> {
  const gbSeconds = (leastActivity / 1_000) * (instanceMemory / 1_024);
  return Object.fromEntries(
    businessTools.map(({ name, annotations }) => {
      const batches = annotations.readOnlyHint === true ? 1 : 0;
      return [name, { operations: (roundTrips[name] ?? Number.NaN) + batches, executions: 1, gbSeconds }];
    }),
  );
}
