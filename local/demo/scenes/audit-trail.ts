import { tenantId } from '../../../shared/identity/tenant.ts';
import { readTrail } from '../../audit/read-trail.ts';
import type { Report } from '../report.ts';

/** What all of this left in the audit trail. */
export async function auditTrail(dataStorage: string, report: Report): Promise<void> {
  report.heading('The audit trail of contoso');
  const entries = await readTrail({ dataStorage, tenant: tenantId('contoso'), seconds: 3600 });
  const count = (decision: string, outcome?: string) =>
    entries.filter(
      (entry) => entry.decision === decision && (outcome === undefined || entry.outcome === outcome),
    ).length;
  report.say(`${entries.length} entries: ${count('allowed')} allowed, ${count('denied')} denied.`);
  report.check(
    'payments and unlocks are there',
    ['pay_invoice', 'unlock_account'].every((tool) =>
      entries.some((entry) => entry.tool === tool && entry.outcome === 'ok'),
    ),
  );
  report.check(
    'and so is what was refused for lack of a role',
    entries.some((entry) => entry.reason === 'missing:security.write'),
  );
}
