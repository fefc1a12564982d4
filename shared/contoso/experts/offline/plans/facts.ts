import type { Draft } from '#platform/experts/models/offline/draft';

/** An answer that is the facts alone. */
export function facts(headline: string, findings: readonly string[] = [], rest: Partial<Draft> = {}): Draft {
  return { status: 'done', headline, findings, ...rest };
}

/** The same for several customers: one line each. */
export function lines(each: readonly string[]): string {
  return each.join('\n');
}
