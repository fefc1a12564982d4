import type { Part } from './conformance.ts';
import type { ScenarioResult } from './suite.ts';

/** The results as text: a line per scenario, a sum per part. */
export function table(parts: readonly Part[]): string {
  return parts.map((part) => [...headOf(part), ...part.results.map(row)].join('\n')).join('\n\n');
}

function headOf({ name, results }: Part): string[] {
  const marks = results.map(markOf);
  const count = (wanted: string) => marks.filter((mark) => mark === wanted).length;
  const checks = results.reduce((sum, { passed }) => sum + passed, 0);
  const others = [
    count('warn') > 0 ? `, ${count('warn')} with recommendations only` : '',
    count('skip') > 0 ? `, ${count('skip')} not executed by the suite` : '',
  ];
  return [
    `${name}: ${count('ok')} of ${results.length} scenarios passed, ${checks} checks${others.join('')}`,
  ];
}

function row(result: ScenarioResult): string {
  const { scenario, passed, failures } = result;
  const mark = markOf(result).padEnd(4);
  return `  ${mark} ${scenario.padEnd(46)} ${String(passed).padStart(3)} passed ${String(failures.length).padStart(3)} failed`;
}

function markOf({ failures, warnings, skipped }: ScenarioResult): string {
  if (failures.length > 0) {
    return 'FAIL';
  }
  if (skipped) {
    return 'skip';
  }
  return warnings.length > 0 ? 'warn' : 'ok';
}
