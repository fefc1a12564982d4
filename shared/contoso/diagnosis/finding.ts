import type { Finding } from './report.ts';

/** A finding before the step that makes it is put in. */
export type Remark = Omit<Finding, 'step'>;

export function info(title: string, detail: string): Remark {
  return { severity: 'info', title, detail };
}

export function warning(title: string, detail: string): Remark {
  return { severity: 'warning', title, detail };
}

export function problem(title: string, detail: string): Remark {
  return { severity: 'problem', title, detail };
}

/** For a reading that a device which does not answer cannot give. */
export function notMeasured(): Remark {
  return info('Not measured', 'The device does not answer.');
}
