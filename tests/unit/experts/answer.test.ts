import { expect, test } from 'vitest';
import { parseAnswer } from '#platform/experts/answer';
import { answerText } from './answers.ts';

test.each([
  ['plain', answerText()],
  ['in a code fence', `\`\`\`json\n${answerText()}\n\`\`\``],
  ['with blanks around', `\n ${answerText()} \n`],
  ['after a thought', `<think>{"status":"done"} or not {</think>${answerText()}`],
  ['after a thought in other brackets', `[THINK]Hm.[/THINK] ${answerText()}`],
  ['after a brace that opens nothing', `I use { and }. ${answerText()}`],
  ['after another answer', `${answerText({ answer: 'No.' })}\nRather:\n${answerText()}`],
  ['before another object', `${answerText()} {"confidence":0.9}`],
])('an answer %s is read', (_how, text) => {
  expect(parseAnswer(text)).toMatchObject({
    answer: { status: 'needs_input', answer: 'Invoice 101 is open.' },
  });
});

test.each([
  ['a tag', 'The ticket says </think> and <think>.'],
  ['braces and quotes', 'Set {"a":"}"} in \\ the "config".'],
])('an answer that quotes %s is read as it is', (_what, answer) => {
  expect(parseAnswer(answerText({ answer }))).toMatchObject({ answer: { answer } });
});

test('an answer that quotes an answer is not taken for it', () => {
  const answer = `The ticket says ${answerText({ answer: 'Pay.' })}`;
  expect(parseAnswer(`Here: ${answerText({ answer })}`)).toMatchObject({ answer: { answer } });
});

test('a text full of braces is given up in good time', () => {
  expect(parseAnswer('{"a":'.repeat(100_000))).toEqual({ problem: 'it is not JSON' });
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
