import type { ExpertAnswer } from '#platform/experts/ask';
import { statedIn, states } from '#platform/experts/values-stated';
import { changesOf, textOf } from '../judge.ts';
import type { Key } from '../questions/key.ts';
import type { RecordedCall } from '../toolbox.ts';

/**
 * How many of the calls were needed: those whose result the answer states something of, those that gave one of them an
 * argument that nobody had said, and proposals of what was asked for. A repetition is not.
 */
export function neededCalls(
  calls: readonly RecordedCall[],
  answer: ExpertAnswer,
  { question, key }: { readonly question: string; readonly key: Key },
): number {
  const stated = statedIn(textOf(answer));
  const said = question.toLowerCase();
  const sought: unknown[] = [];
  let needed = 0;
  for (const call of calls.filter((one, place) => !isRepetition(one, calls.slice(0, place))).reverse()) {
    const isProposal = call.outcome === 'confirmation_required' && call.name === key.proposes?.tool;
    const isUsed = call.outcome === 'ok' && (states(stated, call.data) || holdsAny(call.data, sought));
    if (isProposal || isUsed) {
      needed += 1;
      sought.push(...valuesOf(call.arguments).filter((value) => !said.includes(String(value).toLowerCase())));
    }
  }
  return needed;
}

function isRepetition({ name, arguments: args }: RecordedCall, before: readonly RecordedCall[]): boolean {
  const text = JSON.stringify(args);
  return before.some((one) => one.name === name && JSON.stringify(one.arguments) === text);
}

function holdsAny(data: unknown, sought: readonly unknown[]): boolean {
  const held = new Set(valuesOf(data));
  return sought.some((value) => held.has(value));
}

/** The numbers and texts in a value, at any depth. */
function valuesOf(value: unknown): unknown[] {
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(valuesOf) : [value];
}

/**
 * Whether an expert kept to its task: it is done with what can be answered and says so where it cannot, proposes the
 * change that was asked for and no other, and makes none.
 */
export function keepsToTask(
  { status, actions }: ExpertAnswer,
  calls: readonly RecordedCall[],
  { status: expected = 'done', proposes, proposesNothing = proposes === undefined }: Key,
): boolean {
  const proposed = actions.flatMap(({ tool }) => tool ?? []);
  return (
    (expected === 'any' || (expected === 'done') === (status === 'done')) &&
    changesOf(calls).length === 0 &&
    (proposesNothing ? proposed.length === 0 : proposed.includes(proposes?.tool ?? ''))
  );
}
