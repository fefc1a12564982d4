import type { Conclusion, Finding } from './report.ts';
import type { StepResults, TroubleshootRequest } from './step-contract.ts';

/** How many steps check something; the others only sum up. */
const checks = 7;

/** Findings that a summary names. */
const mostNamed = 3;

/** Sums up what was found. A diagnosis with most of its checks missing says nothing about the device, so it failed. */
export function conclude(
  { device_name }: TroubleshootRequest,
  { findings, notDone }: StepResults,
): Conclusion {
  if (notDone.length > checks / 2) {
    return {
      status: 'failed',
      summary: `${notDone.length} of ${checks} checks of ${device_name} could not be carried out; run the diagnosis again later.`,
    };
  }
  const problems = withSeverity(findings, 'problem');
  const warnings = withSeverity(findings, 'warning');
  const worst = [...problems, ...warnings];
  if (worst.length === 0) {
    return { status: 'success', summary: `Nothing wrong was found with ${device_name}.` };
  }
  const named = worst.slice(0, mostNamed).map(({ title }) => title);
  const more = worst.length - named.length;
  return {
    status: 'attention_needed',
    summary: `${device_name}: ${counts(problems, warnings)}. ${named.join('. ')}${more > 0 ? `, and ${more} more` : ''}.`,
  };
}

function withSeverity(findings: readonly Finding[], severity: Finding['severity']): Finding[] {
  return findings.filter((finding) => finding.severity === severity);
}

/** Such as `2 problems and 1 warning`; what there is none of is left out. */
function counts(problems: readonly Finding[], warnings: readonly Finding[]): string {
  const count = (findings: readonly Finding[], word: string) =>
    findings.length === 0 ? [] : [`${findings.length} ${word}${findings.length === 1 ? '' : 's'}`];
  return [...count(problems, 'problem'), ...count(warnings, 'warning')].join(' and ');
}
