import type { AnswerStatus, FinalAnswer } from '../../answer.ts';

/** What a playbook found out, before it is put into words for the question at hand. */
export interface Draft {
  readonly status: AnswerStatus;
  /** The case in one sentence, for somebody who knows the rest already. */
  readonly headline: string;
  /** What is the case and why; one sentence or paragraph each. */
  readonly findings: readonly string[];
  /** What can be done. */
  readonly options?: readonly string[];
  readonly citations?: readonly string[];
  readonly followUp?: string;
}

/** Everything about the case, or only what can be done about it, when the rest was said before. */
export type Aspect = 'everything' | 'options';

/** With which every answer ends. */
export const notice =
  'Note: this answer was put together by fixed playbooks from the records and documents; no language model was used.';

export function compose(draft: Draft, aspect: Aspect): FinalAnswer {
  const { status, citations = [], followUp = null } = draft;
  return {
    status,
    answer: paragraphs(draft, aspect).join('\n\n'),
    citations: [...new Set(citations)],
    // a change that waits is proposed by its call; there is nothing to agree to without one
    actions: [],
    follow_up: followUp,
  };
}

/** The answers to the questions of one message as one; it is done only when all of them are. */
export function joined(drafts: readonly Draft[]): Draft {
  const [first, ...rest] = drafts;
  if (first === undefined) {
    throw new RangeError('There is no answer.');
  }
  if (rest.length === 0) {
    return first;
  }
  const followUps = drafts.flatMap(({ followUp }) => followUp ?? []);
  const open = drafts.filter(({ status }) => status !== 'done');
  const status = open.length === 0 ? 'done' : open.length === drafts.length ? first.status : 'needs_input';
  return {
    status,
    headline: [...new Set(drafts.map(({ headline, findings }) => [headline, ...findings].join(' ')))].join(
      '\n\n',
    ),
    findings: [],
    options: drafts.flatMap(({ options = [] }) => options),
    citations: drafts.flatMap(({ citations = [] }) => citations),
    ...(followUps.length > 0 && { followUp: [...new Set(followUps)].join(' ') }),
  };
}

function paragraphs({ headline, findings, options = [] }: Draft, aspect: Aspect): string[] {
  const list =
    options.length === 0 ? [] : [`What can be done:\n${options.map((text) => `- ${text}`).join('\n')}`];
  if (aspect === 'options' && options.length > 0) {
    return [headline, ...list, notice];
  }
  return [headline, findings.join(' '), ...list, notice].filter((text) => text !== '');
}
