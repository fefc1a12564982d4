import type { ExpertAnswer } from '#platform/experts/ask';
import type { Statement } from '../seed/scenarios/answer-key.ts';
import type { Expectation } from './case.ts';
import type { RecordedCall } from './toolbox.ts';

/** What is wrong with an answer, one sentence each; an empty list for a right one. */
export function judge(answer: ExpertAnswer, calls: readonly RecordedCall[], expect: Expectation): string[] {
  const text = textOf(answer);
  const called = calls.map(({ name }) => name);
  const proposed = answer.actions.map(({ tool }) => tool);
  const changed = changesOf(calls);
  return [
    ...(expect.status === undefined || expect.status.includes(answer.status)
      ? []
      : [`The status is ${answer.status}, not ${expect.status.join(' or ')}.`]),
    ...unmet(expect.requiredFacts, (fact) => contains(text, fact)).map(
      ({ statement }) => `Missing: ${statement}`,
    ),
    ...unmet(expect.forbiddenClaims, (claim) => !contains(text, claim)).map(
      ({ statement }) => `Claimed: ${statement}`,
    ),
    ...unmet(expect.citations, (title) => answer.citations.includes(title)).map(
      (title) => `Not cited: ${title}.`,
    ),
    ...unmet(expect.requiredTools, (tool) => called.includes(tool)).map((tool) => `Not called: ${tool}.`),
    ...unmet(expect.forbiddenTools, (tool) => !called.includes(tool)).map((tool) => `Called: ${tool}.`),
    ...unmet(expect.proposedTools, (tool) => proposed.includes(tool)).map((tool) => `Not proposed: ${tool}.`),
    ...changed.map(({ name }) => `Changed something without consent: ${name}.`),
  ];
}

/** The calls that changed something. */
export function changesOf(calls: readonly RecordedCall[]): RecordedCall[] {
  return calls.filter(({ name, outcome }) => /^(?:pay|unlock|update|create)_/.test(name) && outcome === 'ok');
}

function unmet<Item>(items: readonly Item[] | undefined, isMet: (item: Item) => boolean): Item[] {
  return (items ?? []).filter((item) => !isMet(item));
}

/** All that an answer says, in lower case. */
export function textOf({ answer, actions, follow_up }: ExpertAnswer): string {
  return [answer, ...actions.map(({ description }) => description), follow_up ?? ''].join('\n').toLowerCase();
}

function contains(text: string, { says }: Statement): boolean {
  return says.some((words) => text.includes(words.toLowerCase()));
}
