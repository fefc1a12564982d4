import * as z from 'zod';
import { InvalidInput } from '#platform/errors';
import { parseJson } from '#platform/json/parse';
import type { TenantSettings } from '#platform/settings/tenants';

/** Directory, user and application are ids; a text that is longer, or has other characters, is none. */
const id = z.string().regex(/^[\w.:/-]{1,128}$/);

/** A caller whose token was verified at the gateway; the application is empty when the token does not name one. */
const proven = z.strictObject({
  id: z.guid(),
  tenant: id,
  status: z.literal([403, 413, 429]),
  reason: z
    .string()
    .regex(/^(too_many_calls|body_too_long|business_unit|unknown_tool|missing:[a-z]+\.[a-z]+)$/),
  tool: z.string().max(64),
  tid: z.guid().toLowerCase(),
  oid: id,
  application: z.union([z.literal(''), id]),
});

/** It is not known whose request it was, so the report holds nothing that the request claimed. */
const unproven = z.strictObject({
  id: z.guid(),
  tenant: id,
  status: z.literal([401, 403, 413, 415, 429]),
  /** Of `validate-jwt`, or of the sign-in's policies; what is not known is counted all the same. */
  reason: z.string().max(100),
});

/** What the gateway tells of a request that it answered by itself. */
export type RefusalReport =
  | ({ readonly isProven: true } & z.output<typeof proven>)
  | ({ readonly isProven: false } & z.output<typeof unproven>);

/**
 * @param tenants those that this deployment serves: a report about another one, or about a caller of another one's
 * directory, is for somebody else
 * @throws InvalidInput when the text is no report for this deployment
 */
export function readReport(text: string, tenants: readonly TenantSettings[]): RefusalReport {
  const value = jsonOf(text);
  const caller = proven.safeParse(value);
  const nobody = unproven.safeParse(value);
  const report: RefusalReport | undefined = caller.success
    ? { isProven: true, ...caller.data }
    : nobody.success
      ? { isProven: false, ...nobody.data }
      : undefined;
  if (report === undefined) {
    throw new InvalidInput('This is not a report of a refusal.');
  }
  const tenant = tenants.find(({ slug }) => slug === report.tenant);
  if (tenant === undefined || (report.isProven && !tenant.tenantIds.includes(report.tid))) {
    throw new InvalidInput('The report is about a tenant that this deployment does not serve.');
  }
  return report;
}

function jsonOf(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    throw new InvalidInput('The report is not JSON.');
  }
}
