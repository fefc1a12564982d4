import { counted } from '#platform/counted';
import { tenantId } from '#platform/identity/tenant';
import { readTrail } from '../../trail/read-trail.ts';
import type { Report } from '../report.ts';

/**
 * What all of this left in the audit trail.
 * @param refusedAtTheEdge the client names its tool in a header, so that the gateway refused before the backend could know
 */
export async function auditTrail(
  tenant: string,
  dataStorage: string,
  refusedAtTheEdge: boolean,
  report: Report,
): Promise<void> {
  report.heading(`The audit trail of ${tenant}`);
  const entries = await settled(() => readTrail({ dataStorage, tenant: tenantId(tenant), seconds: 3600 }));
  const count = (decision: string, outcome?: string) =>
    entries.filter(
      (entry) => entry.decision === decision && (outcome === undefined || entry.outcome === outcome),
    ).length;
  report.say(
    `${counted(entries.length, 'entry', 'entries')}: ${count('allowed')} allowed, ${count('denied')} denied.`,
  );
  report.check(
    'payments and unlocks are there',
    ['pay_invoice', 'unlock_account'].every((tool) =>
      entries.some((entry) => entry.tool === tool && entry.outcome === 'ok'),
    ),
  );
  if (!refusedAtTheEdge) {
    report.check(
      'and so is what was refused for lack of a role',
      entries.some((entry) => entry.reason === 'missing:security.write'),
    );
  }
}

/** Reads are written to the trail a moment after their answer: reads it until nothing more comes. */
async function settled<Entry>(read: () => Promise<Entry[]>): Promise<Entry[]> {
  let entries = await read();
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, 400));
    const later = await read();
    if (later.length === entries.length) {
      return later;
    }
    entries = later;
  }
}
