import { describe, expect, test } from 'vitest';
import { defaultLimits } from '#platform/experts/run-state';
import { handToolOf } from '#platform/experts/team/hand-over';
import { answerText } from './answers.ts';
import { calls, says } from './stubs.ts';
import { ask, names } from './team-world.ts';

const hands = (domain: string, question = `How many ${domain} things?`) =>
  calls([handToolOf(domain), JSON.stringify({ question })]);

const done = (answer: string) => says(answerText({ status: 'done', answer }));
const count = calls(['count', '{}']);

test('a part is a step of the same answer: one conversation, one line of the log', async () => {
  const { answer, progress, kept, logged } = await ask({
    red: [hands('green'), done('4711, says the green expert.')],
    green: [count, done('There are 4711.')],
  });
  expect(answer).toMatchObject({
    domain: 'red',
    status: 'done',
    handed_to: [{ domain: 'green', question: 'How many green things?' }],
  });
  expect(progress).toEqual(['Asking the green expert', 'Counting']);
  expect(kept).toMatchObject([{ domain: 'red', turns: [{ question: 'How many red and green things?' }] }]);
  expect(logged).toMatchObject([{ domain: 'red', turns: 4, handedTo: 'green', inputTokens: 40 }]);
});

test('the other expert reads the question of the person, and the part as the words of a model', async () => {
  const { requests } = await ask({ red: [hands('green'), done('4711')], green: [count, done('4711')] });
  expect(requests.find(({ domain }) => domain === 'green')?.messages).toEqual([
    { role: 'user', text: 'How many red and green things?' },
    { role: 'handed', text: 'How many green things?' },
  ]);
});

describe('what another expert says is no evidence', () => {
  test('when it looked at nothing', async () => {
    const { answer } = await ask({ red: [hands('green'), done('4711')], green: [done('4711')] });
    expect(answer).toMatchObject({ status: 'error', answer: expect.not.stringContaining('4711') });
  });

  test('when it came to no answer, whatever it looked at', async () => {
    const open = says(answerText({ status: 'needs_input', answer: '4711?', follow_up: 'Which ones?' }));
    const { answer } = await ask({ red: [hands('green'), done('4711')], green: [count, open] });
    expect(answer.status).toBe('error');
  });

  test('when the answer uses nothing of what it looked up', async () => {
    const { answer } = await ask({
      red: [hands('green'), done('Plenty.')],
      green: [count, done('There are 4711.')],
    });
    expect(answer.status).toBe('error');
  });
});

test('an answer with a part that stays open is not done, and says which', async () => {
  const open = says(answerText({ status: 'needs_input', answer: 'Which?', follow_up: 'Which ones?' }));
  const { answer } = await ask({ red: [count, hands('green'), done('4711 red ones.')], green: [open] });
  expect(answer).toMatchObject({
    status: 'needs_input',
    answer: expect.stringMatching(/4711 red ones\.[\s\S]*Not answered yet: the part for ask_green_expert/),
    follow_up: 'Which ones?',
  });
});

describe('bounds', () => {
  test('an expert that waits is handed nothing, and no more than three wait', async () => {
    const { requests, answer } = await ask({
      red: [hands('green'), done('Nothing.')],
      green: [hands('blue'), hands('red')],
      blue: [hands('grey'), hands('green')],
    });
    const toolsOf = (wanted: string) =>
      requests.find(({ domain }) => domain === wanted)?.tools.map(({ name }) => name);
    expect(toolsOf('red')).toEqual(['count', ...['green', 'blue', 'grey'].map(handToolOf)]);
    expect(toolsOf('green')).toEqual(['count', ...['blue', 'grey'].map(handToolOf)]);
    expect(toolsOf('blue')).toEqual(['count']);
    expect(requests.filter(({ domain }) => domain === 'grey')).toEqual([]);
    expect(answer.handed_to?.map(({ domain }) => domain)).toEqual(['green', 'blue']);
  });

  test('no more than three parts of one answer are handed over', async () => {
    const { answer, requests } = await ask({
      red: [hands('green'), hands('blue'), hands('grey'), hands('green'), done('4711')],
      ...Object.fromEntries(names.slice(1).map((name) => [name, [count, done('4711')]])),
    });
    expect(answer.handed_to).toHaveLength(3);
    expect(requests.at(-1)?.messages.at(-1)).toMatchObject({
      text: expect.stringContaining('Nothing more can be handed over'),
    });
  });

  test('the tokens are those of all of them together', async () => {
    const dear = { ...count, usage: { inputTokens: 500, outputTokens: 1 } };
    const { requests } = await ask(
      { red: [hands('green'), done('4711')], green: [dear, done('4711')] },
      { ...defaultLimits, tokens: 400 },
    );
    const last = requests.map(({ domain, last: isLast }) => `${domain} ${isLast}`);
    expect(last).toEqual(['red false', 'green false', 'green true', 'red true']);
  });

  test('two parts of one turn are answered one after the other', async () => {
    const { requests } = await ask({
      red: [
        {
          ...hands('green'),
          calls: [...hands('green').calls, ...hands('blue').calls],
        },
        done('4711'),
      ],
      green: [count, done('4711')],
      blue: [count, done('4711')],
    });
    expect(requests.map(({ domain }) => domain)).toEqual(['red', 'green', 'green', 'blue', 'blue', 'red']);
  });

  test('with no time left nothing is handed over', async () => {
    const { answer, requests } = await ask(
      { red: [hands('green'), done('4711')] },
      { ...defaultLimits, hurryAfter: 900, milliseconds: 60_000 },
    );
    expect(answer).not.toHaveProperty('handed_to');
    expect(requests.filter(({ domain }) => domain === 'green')).toEqual([]);
  });
});
