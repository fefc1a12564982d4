import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runExpert } from '#platform/experts/loop';
import { startFakeOpenAi } from '../../support/fake-openai.ts';
import type { FakeOpenAi } from '../../support/fake-openai-server.ts';
import { answerText } from '../../unit/experts/answers.ts';
import { aRun, ok, toolbox } from '../../unit/experts/stubs.ts';
import { modelAt } from './models.ts';

let service: FakeOpenAi;
beforeEach(async () => {
  service = await startFakeOpenAi();
});
afterEach(() => service.stop());

describe('around the answer', () => {
  const thought = '{"status":"done","answer":"A first guess.","citations":[],"actions":[],"follow_up":null}';

  test.each<[string, object]>([
    ['thoughts before it', { content: `<think>Perhaps ${thought}</think>${answerText()}` }],
    ['thoughts whose beginning is left out', { content: `Perhaps ${thought}</think>\n\n${answerText()}` }],
    [
      'a sentence and a fence',
      { content: `Here it is:\n\`\`\`json\n${answerText()}\n\`\`\`\nI hope it helps.` },
    ],
    ['another object first', { content: `{"note":1} ${answerText()}` }],
    ['all of it taken for a thought', { content: '', reasoning_content: `I see. ${answerText()}` }],
    [
      'the same, by another name',
      { content: null, reasoning: `I see.\n\`\`\`json\n${answerText()}\n\`\`\`` },
    ],
  ])('%s', async (_what, message) => {
    service.plan({ raw: { choices: [{ finish_reason: 'stop', message }] } });
    const { answer, statistics } = await runExpert(aRun({ model: modelAt(service).model }));
    expect(answer.answer).toBe('Invoice 101 is open.');
    expect(statistics.turns).toBe(1);
  });

  test.each<[string, object]>([
    [
      'a thought that goes on after the object',
      { content: '', reasoning_content: `${thought} But is that so?` },
    ],
    ['a thought beside an answer', { content: 'Not JSON.', reasoning_content: thought }],
    ['a thought without an end', { content: `<think>Perhaps ${thought}` }],
  ])('%s is no answer, and is never sent back', async (_what, message) => {
    service.plan({ raw: { choices: [{ finish_reason: 'stop', message }] } }, { text: answerText() });
    const { answer } = await runExpert(aRun({ model: modelAt(service).model }));
    expect(answer.answer).toBe('Invoice 101 is open.');
    expect(JSON.stringify(service.chats()[1]?.messages)).not.toContain('A first guess');
  });

  test('thoughts beside calls are not sent back', async () => {
    const tool_calls = [{ id: 'a', type: 'function', function: { name: 'get_products', arguments: '{}' } }];
    const message = {
      content: '<think>A secret plan.</think>I look.',
      reasoning_content: 'A secret plan.',
      tool_calls,
    };
    service.plan({ raw: { choices: [{ finish_reason: 'tool_calls', message }] } }, { text: answerText() });
    await runExpert(
      aRun({ model: modelAt(service).model, toolbox: toolbox({ get_products: ok({ products: [] }) }) }),
    );
    const sent = JSON.stringify(service.chats()[1]?.messages);
    expect(sent).toContain('I look.');
    expect(sent).not.toContain('secret plan');
  });
});
