import { expect, test } from 'vitest';
import { historyOf, withTurn as withTurnOf } from '#platform/experts/compaction';
import type { Conversation, ConversationTurn } from '#platform/experts/ports';

const records = ['customer', 'invoice'];
const withTurn = (conversation: Conversation, turn: ConversationTurn) =>
  withTurnOf(conversation, turn, records);

const fresh: Conversation = { domain: 'billing', summary: '', turns: [] };

function aTurn(number: number, answer = `Answer ${number}.`): ConversationTurn {
  return { question: `Question ${number} about customer 251?`, answer, status: 'done', citations: [] };
}

function after(turns: number): Conversation {
  return Array.from({ length: turns }, (_, index) => aTurn(index + 1)).reduce(withTurn, fresh);
}

test('short conversations are kept word for word', () => {
  const conversation = after(8);
  expect(conversation.summary).toBe('');
  expect(conversation.turns).toHaveLength(8);
});

test('older turns shrink to a line that still names the records', () => {
  const conversation = after(10);
  expect(conversation.turns[0]?.question).toBe('Question 3 about customer 251?');
  expect(conversation.summary.split('\n')).toEqual([
    'Asked: Question 1 about customer 251? Answered (done): Answer 1. About customer 251.',
    'Asked: Question 2 about customer 251? Answered (done): Answer 2. About customer 251.',
  ]);
});

test('a record that is named late in a long question is still in the summary', () => {
  const long = { ...aTurn(1), question: `${'Please look into this. '.repeat(50)}It is invoice 4711.` };
  const conversation = Array.from({ length: 8 }, (_, index) => aTurn(index)).reduce(
    withTurn,
    withTurn(fresh, long),
  );
  expect(conversation.summary).toContain('invoice 4711');
});

test('a conversation without end stays bounded', () => {
  const long = 'word '.repeat(1_600);
  const conversation = Array.from({ length: 200 }, (_, index) => aTurn(index, long)).reduce(withTurn, fresh);
  expect(conversation.summary.length).toBeLessThanOrEqual(6_000);
  expect(conversation.turns).toHaveLength(8);
  expect(JSON.stringify(conversation).length).toBeLessThan(100_000);
});

test('a model is told the summary first, then the turns, oldest first', () => {
  const messages = historyOf(after(9));
  expect(messages[0]).toMatchObject({ role: 'earlier', text: expect.stringContaining('Question 1') });
  expect(messages[1]).toEqual({ role: 'user', text: 'Question 2 about customer 251?' });
  expect(messages.at(-1)).toEqual({ role: 'assistant', text: 'Answer 9.', calls: [] });
});

test('what a business does not call a record is left where it stands', () => {
  const conversation = Array.from({ length: 9 }, (_, index) => aTurn(index)).reduce(
    (before: Conversation, turn) => withTurnOf(before, turn, ['shelf']),
    fresh,
  );
  expect(conversation.summary).toBe('Asked: Question 0 about customer 251? Answered (done): Answer 0.');
});

test('a business that numbers nothing has no records to keep', () => {
  const conversation = Array.from({ length: 9 }, (_, index) => aTurn(index)).reduce(
    (before: Conversation, turn) => withTurnOf(before, turn, []),
    fresh,
  );
  expect(conversation.summary).not.toContain('About');
});
