import { readFile } from 'node:fs/promises';
import * as z from 'zod';
import { roles } from '#contoso/access/roles';
import { budgetsPath } from '../paths.ts';

/** A budget of a list that is more than this share above the cost no longer guards it. */
export const mostRoom = 0.1;

const count = z.int().min(0);

const budgets = z.strictObject({
  /** Most requests to storage of one call, by tool. */
  roundTrips: z.record(z.string(), count),
  /** Most that one call is billed, in Azure's units, by tool. */
  calls: z.record(
    z.string(),
    z.strictObject({ operations: count, executions: count, gbSeconds: z.number().min(0) }),
  ),
  /** Most that a tool list may cost, by endpoint and role. */
  lists: z.record(z.string(), z.record(z.enum(roles), z.strictObject({ tokens: count, bytes: count }))),
});
/** What calls and lists may cost. To spend more takes a change of bench/budgets.json, which a review sees. */
export type Budgets = z.infer<typeof budgets>;

/** @throws Error when the file does not have the right shape */
export async function readBudgets(): Promise<Budgets> {
  return budgets.parse(JSON.parse(await readFile(budgetsPath, 'utf8')));
}
