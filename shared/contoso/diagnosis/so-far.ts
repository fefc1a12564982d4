import * as z from 'zod';
import { mostSoFar } from '#platform/jobs/progress';
import { severities } from './finding.ts';
import { type Finding, finding } from './report.ts';

/** What a diagnosis that is not complete found and did. */
export const soFar = z.object({
  findings: z.array(finding).describe('The worst first.'),
  findings_left_out: z.int().describe('So many more were found, which are in the report.'),
  actions_taken: z.array(z.string()).describe('What was changed on the device.'),
});

/** As much of it as is published of a running job: what is least severe is left out first. */
export function soFarOf(findings: readonly Finding[], actions: readonly string[]): z.infer<typeof soFar> {
  const sorted = severities.flatMap((one) => findings.filter(({ severity }) => severity === one));
  const whole = { findings: sorted, findings_left_out: 0, actions_taken: [...actions] };
  while (JSON.stringify(whole).length > mostSoFar && whole.findings.length > 0) {
    whole.findings.pop();
    whole.findings_left_out += 1;
  }
  return whole;
}
