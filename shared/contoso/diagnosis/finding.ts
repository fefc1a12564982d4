import type { Finding } from './report.ts';

/** The worst first. */
export const severities = ['problem', 'warning', 'info'] as const satisfies readonly Finding['severity'][];

/** A finding before the step that makes it is put in. */
export type FindingOfStep = Omit<Finding, 'step'>;

export function info(title: string, detail: string): FindingOfStep {
  return { severity: 'info', title, detail };
}

export function warning(title: string, detail: string): FindingOfStep {
  return { severity: 'warning', title, detail };
}

export function problem(title: string, detail: string): FindingOfStep {
  return { severity: 'problem', title, detail };
}

/** For a reading that a device which does not answer cannot give. */
export function notMeasured(): FindingOfStep {
  return info('Not measured', 'The device does not answer.');
}
