import type { Outcome } from './run-scenario.ts';

/** The last line of a run. */
export function lastLine(outcomes: readonly Outcome[]): string {
  const count = (is: (outcome: Outcome) => boolean) => outcomes.filter(is).length;
  const [killed, lost, double] = [
    count((outcome) => outcome.killed),
    count((outcome) => outcome.lost.length > 0),
    count((outcome) => outcome.double.length > 0),
  ];
  return `${outcomes.length} points, ${killed} killed, ${lost} lost, ${double} double`;
}

/** What went wrong, a line each. */
export function complaints(outcomes: readonly Outcome[]): readonly string[] {
  return outcomes.flatMap(({ name, killed, lost, double }) => [
    ...(killed ? [] : [`${name}: the process did not come to this point`]),
    ...lost.map((what) => `${name}: LOST: ${what}`),
    ...double.map((what) => `${name}: DOUBLE: ${what}`),
  ]);
}
