import type { FinalAnswer } from './answer.ts';
import type { Resumption } from './definition.ts';
import type { ToolOutcome } from './ports.ts';

/** What is said of work that goes on when the expert has no tool to read its result. */
const anyWork: Omit<Resumption, 'tool'> = {
  goesOn: 'The work goes on',
  followUp: 'Ask for the result of the task in about a minute.',
};

const goOn = 'Ask again with this conversation_id, for example “Go on”, or ask a narrower question.';

/** What is known when the time for an answer is over: what was looked up, what is missing, and how to go on. */
export function partialAnswer(outcomes: readonly ToolOutcome[]): FinalAnswer {
  const found = outcomes.flatMap((outcome) => (outcome.kind === 'ok' ? [outcome.summary] : []));
  const missed = outcomes.flatMap((outcome) => (outcome.kind === 'error' ? [outcome.message] : []));
  const paragraphs = [
    'The time for this answer was over before it was complete.',
    found.length === 0 ? 'Nothing was found out yet.' : `Found out so far:\n${listed(found)}`,
    `Missing: what follows from it${missed.length === 0 ? '.' : `, and:\n${listed(missed)}`}`,
  ];
  return {
    status: 'needs_input',
    answer: paragraphs.join('\n\n'),
    citations: [],
    actions: [],
    follow_up: goOn,
  };
}

/** The answer, which names each task that goes on and how to get at its result, whatever the model made of it. */
export function withTasks(
  answer: FinalAnswer,
  tasks: readonly string[],
  { goesOn, followUp }: Omit<Resumption, 'tool'> = anyWork,
): FinalAnswer {
  if (tasks.length === 0) {
    return answer;
  }
  const names = tasks.map((task) => `task ${task}`).join(' and ');
  return {
    ...answer,
    status: 'needs_input',
    answer: `${answer.answer}\n\n${goesOn} as ${names}.`,
    follow_up: followUp,
  };
}

function listed(sentences: readonly string[]): string {
  return sentences.map((sentence) => `- ${sentence}`).join('\n');
}
