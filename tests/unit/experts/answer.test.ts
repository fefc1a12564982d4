import { expect, test } from 'vitest';
import { parseAnswer } from '#platform/experts/answer';
import { answerText } from './answers.ts';

test.each([
  ['plain', answerText()],
  ['in a code fence', `\`\`\`json\n${answerText()}\n\`\`\``],
  ['with blanks around', `\n ${answerText()} \n`],
])('an answer %s is read', (_how, text) => {
  expect(parseAnswer(text)).toMatchObject({ answer: { status: 'done', answer: 'Invoice 101 is open.' } });
});

test.each([
  ['prose', 'The invoice is open.', 'not JSON'],
  ['another status', answerText({ status: 'finished' as 'done' }), 'status'],
  ['no answer', answerText({ answer: ' ' }), 'answer'],
  ['a field too much', answerText({ secret: 1 } as object), 'secret'],
  ['a list', '[]', 'it:'],
])('%s is a problem that can be told', (_what, text, problem) => {
  expect(parseAnswer(text)).toEqual({ problem: expect.stringContaining(problem) });
});
