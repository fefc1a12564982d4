import { genAi } from './conventions.ts';
import { instruments } from './instruments.ts';
import { own } from './names.ts';

/**
 * Counts a request that was answered before it reached a tool.
 * @param reason one of the product's own codes; never a text of the caller's
 * @param tenant undefined when the caller could not be verified
 */
export function countRefusal(reason: string, tenant: string | undefined): void {
  instruments().refusals.add(1, {
    [own('reason')]: reason,
    ...(tenant !== undefined && { [own('tenant')]: tenant }),
  });
}

/** Counts a job that is on record from now on. */
export function countJobStarted(tenant: string): void {
  instruments().jobsStarted.add(1, { [own('tenant')]: tenant });
}

/** Counts the end of a job that {@link countJobStarted} counted, on whichever instance. */
export function countJobEnded(tenant: string, status: string): void {
  instruments().jobsEnded.add(1, { [own('tenant')]: tenant, [own('job.status')]: status });
}

/** Counts what a request to a model cost by the price list. @param cost in the list's currency */
export function countModelCost(
  cost: number,
  { tenant, model, currency }: { readonly tenant: string; readonly model: string; readonly currency: string },
): void {
  instruments().modelCost.add(cost, {
    [genAi.requestModel]: model,
    [own('tenant')]: tenant,
    [own('currency')]: currency,
  });
}

/** Counts entries of the audit trail that could not be kept. */
export function countAuditLost(entries: number): void {
  instruments().auditLost.add(entries);
}

/**
 * Counts a call by a name that a tool had before.
 * @param formerName one that the tool's definition lists; never a text of the caller's
 */
export function countFormerName(formerName: string, tool: string, tenant: string | undefined): void {
  instruments().formerNames.add(1, {
    [genAi.tool]: tool,
    [own('former_name')]: formerName,
    ...(tenant !== undefined && { [own('tenant')]: tenant }),
  });
}
