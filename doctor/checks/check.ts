import { type Environment, SettingsError } from '#platform/settings/read';
import type { Where } from '#platform/settings/where';
import type { Evidence, Known } from '../evidence.ts';
import { type Finding, fail, skipped } from '../finding.ts';

/** The parts of the adoption checklist of the design guidance. */
export const groups = ['Edge', 'Backend', 'Agentic', 'Operations'] as const;
export type Group = (typeof groups)[number];

/** One item of the checklist. Pure: it judges the evidence and looks nowhere else. */
export interface Check {
  /** Stable, for pipelines: `group.topic`. */
  readonly id: string;
  readonly group: Group;
  readonly title: string;
  judge(evidence: Evidence): Finding;
}

/** Settings are judged as Azure would run them, whatever machine the doctor runs on. */
export const inAzure: Where = { development: false, azure: true };

/** Judges what is known; what was not asked for is skipped, and what could not be looked at fails. */
export function given<T>(known: Known<T>, judge: (value: T) => Finding): Finding {
  if ('missing' in known) {
    return skipped(known.missing);
  }
  if ('problem' in known) {
    return fail(known.problem, 'Without that, nothing can be said about it.');
  }
  return judge(known.value);
}

/** Judges the environment; a setting that the service would refuse fails with the service's own words. */
export function fromSettings({ environment }: Evidence, judge: (env: Environment) => Finding): Finding {
  return given(environment, (env) => {
    try {
      return judge(env);
    } catch (error) {
      if (!(error instanceof SettingsError)) {
        throw error;
      }
      return fail(error.message, 'Correct the app setting; the service does not start with it.');
    }
  });
}

/** Names with commas; a long list is cut. */
export function names(all: readonly string[]): string {
  const shown = 5;
  return all.length > shown
    ? `${all.slice(0, shown).join(', ')} and ${all.length - shown} more`
    : all.join(', ');
}
