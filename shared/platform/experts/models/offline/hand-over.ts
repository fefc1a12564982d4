import { askToolOf, type ExpertDefinition } from '../../definition.ts';
import { handedAnswer, handToolOf } from '../../team/hand-over.ts';
import { type Draft, notice } from './draft.ts';
import { type Ask, attempt, NotAllowed, type Steps } from './steps.ts';

/** What another expert answers to a question, or a part of one, that is its matter. */
export function* handOver(expert: ExpertDefinition, question: string): Steps<Draft> {
  const call: Ask<unknown> = {
    name: handToolOf(expert.domain),
    args: { question },
    read: (data) => handedAnswer.parse(data),
  };
  try {
    const outcome = yield* attempt(call);
    if (outcome.outcome === 'ok') {
      const { status, answer, citations, answered_by, follow_up } = handedAnswer.parse(outcome.data);
      return {
        status,
        headline: answer.replace(notice, '').trim(),
        findings: [`(Answered by ${answered_by}.)`],
        citations,
        ...(follow_up !== undefined && { followUp: follow_up }),
      };
    }
    const { headline } = ofAnotherExpert(expert);
    return { status: 'error', headline, findings: [outcome.message] };
  } catch (error) {
    if (error instanceof NotAllowed) {
      return ofAnotherExpert(expert);
    }
    throw error;
  }
}

function ofAnotherExpert({ domain, topics }: ExpertDefinition): Draft {
  const askTool = askToolOf(domain);
  return {
    status: 'needs_input',
    headline: `This is a matter of ${topics}, for which another expert is there: ${askTool}.`,
    findings: [],
    followUp: `Ask ${askTool} the same question.`,
  };
}
