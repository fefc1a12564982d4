import type { Conversation, ConversationTurn, Message } from './ports.ts';

/** Turns that are kept word for word. */
const keptTurns = 8;
/** Characters of the question and of the answer that a summary keeps of a turn. */
const keptOfQuestion = 200;
const keptOfAnswer = 400;
/** Most characters of a summary; the oldest lines go first. */
const longestSummary = 6_000;

/**
 * The conversation with one more turn. Older turns than the last eight shrink to lines of a summary, always in the same way.
 * @param records words before the numbers of records, such as `order`
 */
export function withTurn(
  { domain, summary, turns }: Conversation,
  turn: ConversationTurn,
  records: readonly string[],
): Conversation {
  const all = [...turns, turn];
  const folded = all.slice(0, -keptTurns);
  const named = patternOf(records);
  const lines = [
    ...(summary === '' ? [] : summary.split('\n')),
    ...folded.map((older) => toLine(older, named)),
  ];
  while (lines.length > 1 && lines.join('\n').length > longestSummary) {
    lines.shift();
  }
  return { domain, summary: lines.join('\n'), turns: all.slice(-keptTurns) };
}

/** What a model is told of a conversation, oldest first. */
export function historyOf({ summary, turns }: Conversation): Message[] {
  return [
    ...(summary === '' ? [] : [{ role: 'earlier', text: summary } as const]),
    ...turns.flatMap(({ question, answer }): Message[] => [
      { role: 'user', text: question },
      { role: 'assistant', text: answer, calls: [] },
    ]),
  ];
}

/** A turn on one line, with every record that it named: without those, nobody could go on about them. */
function toLine({ question, answer, status }: ConversationTurn, records: RegExp): string {
  const named = [...new Set(`${question} ${answer}`.match(records) ?? [])].slice(0, 10).join(', ');
  const about = named === '' ? '' : ` About ${named}.`;
  return `Asked: ${clip(question, keptOfQuestion)} Answered (${status}): ${clip(answer, keptOfAnswer)}${about}`;
}

/** Finds records by number, such as `order no. 4711`. A business that numbers nothing has nothing to be found. */
function patternOf(records: readonly string[]): RegExp {
  if (records.length === 0) {
    return /(?!)/g;
  }
  return new RegExp(`\\b(?:${records.join('|')})\\s+(?:number\\s+|no\\.?\\s*|#)?\\d{1,10}\\b`, 'gi');
}

function clip(text: string, length: number): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= length ? line : `${line.slice(0, length)}…`;
}
