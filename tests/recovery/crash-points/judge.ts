import { isDeepStrictEqual } from 'node:util';
import { proofOf } from '#platform/access/audit-proof';
import type { AuditRow } from '#platform/storage/audit-rows';
import type { Books } from './books.ts';
import type { Scenario } from './scenario.ts';
import type { Subject } from './subjects.ts';

/** What is wrong after a crash, as sentences. */
export interface Findings {
  readonly lost: readonly string[];
  readonly double: readonly string[];
}

/** What is known when a process has died, another one was started, and the caller has repeated its call twice. */
export interface WhatHappened {
  readonly subject: Subject;
  /** Before anybody repeated anything. */
  readonly before: Books;
  readonly after: Books;
  /** What the caller was answered, in order; the first repetitions may have been before the crash. */
  readonly answers: readonly unknown[];
  /** What was wrong with what it was shown besides, as sentences. */
  readonly shown: readonly string[];
  readonly trail: readonly AuditRow[];
}

/** Compares what the caller was told with what is on record. */
export function judge(
  scenario: Scenario,
  { subject, before, after, answers, shown, trail }: WhatHappened,
): Findings {
  const [answer] = answers;
  const done = scenario.done(after);
  const lost: string[] = done < 1 ? ['it was answered, and nothing of it is on record'] : [];
  const double: string[] = done > 1 ? [`it was done ${done} times`] : [];
  lost.push(
    ...scenario.torn(before).map((what) => `half of it was there after the crash: ${what}`),
    ...scenario.torn(after).map((what) => `half of it is there: ${what}`),
    ...shown,
    ...(scenario.wrong?.(after, subject, answer) ?? []),
  );
  if (answers.some((other) => !isDeepStrictEqual(other, answer))) {
    double.push('its repetition was answered otherwise');
  }
  const ofTool = trail.filter(({ entry }) => entry.tool === scenario.tool);
  const begun = ofTool.filter(({ entry }) => entry.outcome === 'started').length;
  const ended = ofTool.filter(({ entry }) => entry.outcome === 'ok').length;
  if (begun < done || ended < 1) {
    lost.push(`the trail has ${begun} beginnings and ${ended} good ends of what was done ${done} times`);
  }
  if (hasTwoOfOneState(trail)) {
    double.push('two entries of the trail tell one thing differently');
  }
  return { lost, double };
}

/**
 * An entry of which storage did not say in time whether it was written is written again; whoever reads the trail gets it
 * once. That is no second thing on record as long as both say the same.
 */
function hasTwoOfOneState(trail: readonly AuditRow[]): boolean {
  const states = new Map<string, AuditRow['entry']>();
  return trail.some(({ entry }) => {
    const state = `${entry.id} ${entry.outcome}`;
    const known = states.get(state);
    states.set(state, entry);
    return known !== undefined && !isDeepStrictEqual(known, entry);
  });
}

/** What is wrong with the records of all subjects together. */
export function judgeAll(
  tenant: string,
  books: readonly Books[],
  trail: readonly AuditRow[],
  next: { readonly payment: number; readonly ticket: number; readonly securityEvent: number },
): Findings {
  const ids = {
    payment: books.flatMap(({ payments }) => payments.map(({ payment_id }) => payment_id)),
    ticket: books.flatMap(({ tickets }) => tickets.map(({ ticket_id }) => ticket_id)),
    securityEvent: books.flatMap(({ events }) => events.map(({ event_id }) => event_id)),
  };
  const kinds = ['payment', 'ticket', 'securityEvent'] as const;
  return {
    lost: [
      ...proofOf(trail, { tenant, heads: [] }).faults.map(({ sentence }) => sentence),
      ...kinds
        .filter((kind) => ids[kind].some((id) => id >= next[kind]))
        .map((kind) => `the counter of ${kind} ids has gone back`),
    ],
    double: kinds
      .filter((kind) => new Set(ids[kind]).size < ids[kind].length)
      .map((kind) => `a ${kind} id was given twice`),
  };
}
