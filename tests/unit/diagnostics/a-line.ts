import type { FindingOfStep } from '#contoso/diagnosis/finding';
import type { Line } from '#contoso/diagnosis/line';
import { aSubscription } from '../../support/small-records.ts';

export function aLine(fields: Partial<Line['subscription']> = {}, incidents: number[] = []): Line {
  return {
    subscription: aSubscription(fields),
    openIncidents: incidents.map((incident_id) => ({
      incident_id,
      subscription_id: 11,
      incident_date: `2026-03-${10 + incident_id}`,
      description: 'Low signal',
      status: 'investigating',
    })),
  };
}

export const brief = (findings: readonly FindingOfStep[]) =>
  findings.map(({ severity, title }) => `${severity}: ${title}`);
