import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runExpert } from '#platform/experts/loop';
import { startFakeOpenAi } from '../../support/fake-openai.ts';
import type { FakeOpenAi } from '../../support/fake-openai-server.ts';
import type { RawStep } from '../../support/openai-messages.ts';
import { answerText } from '../../unit/experts/answers.ts';
import { aRun, ok, toolbox } from '../../unit/experts/stubs.ts';
import { call, completion } from './completions.ts';
import { modelAt, patient, request } from './models.ts';

let service: FakeOpenAi;
beforeEach(async () => {
  service = await startFakeOpenAi();
});
afterEach(() => service.stop());

describe('answers that differ in form are read', () => {
  test.each<[string, object, object]>([
    ['tool_calls: null', completion({ content: 'Hello.', tool_calls: null }), { text: 'Hello.', calls: [] }],
    ['no tool_calls and no content', completion({}), { text: '', calls: [] }],
    [
      'content as parts',
      completion({
        content: [
          { type: 'text', text: 'Hel' },
          { type: 'text', text: 'lo.' },
        ],
      }),
      { text: 'Hello.' },
    ],
    [
      'parts with thoughts',
      completion({
        content: [
          { type: 'thinking', thinking: [{ type: 'text', text: 'Hm.' }] },
          { type: 'text', text: 'Hello.' },
        ],
      }),
      { text: 'Hello.' },
    ],
    ['no usage', completion({ content: 'Hello.' }), { usage: { inputTokens: 0, outputTokens: 0 } }],
    [
      'usage: null',
      completion({ content: 'Hello.' }, { usage: null }),
      { usage: { inputTokens: 0, outputTokens: 0 } },
    ],
    ['no model', { choices: completion({ content: 'Hello.' }).choices }, { model: 'fake' }],
    [
      'finish_reason: null',
      { choices: [{ finish_reason: null, message: { content: 'Hello.' } }] },
      { text: 'Hello.' },
    ],
    [
      'arguments as an object',
      completion({ content: null, tool_calls: [call({}, { arguments: { category: 'mobile' } })] }),
      { calls: [{ id: 'call_1', name: 'get_products', argumentsText: '{"category":"mobile"}' }] },
    ],
    [
      'arguments as a text in a text',
      completion({ tool_calls: [call({}, { arguments: '"{\\"category\\":\\"mobile\\"}"' })] }),
      { calls: [{ argumentsText: '{"category":"mobile"}' }] },
    ],
    [
      'arguments with words after them',
      completion({ tool_calls: [call({}, { arguments: '{"category":"}"}\nI look that up.' })] }),
      { calls: [{ argumentsText: '{"category":"}"}' }] },
    ],
    [
      'no arguments',
      completion({ tool_calls: [call({}, { arguments: null })] }),
      { calls: [{ argumentsText: '{}' }] },
    ],
    [
      'calls without a type',
      completion({ tool_calls: [call({ type: undefined })] }),
      { calls: [{ name: 'get_products' }] },
    ],
    [
      'JSON behind a byte order mark',
      { raw: `\uFEFF${JSON.stringify(completion({ content: 'Hello.' }))}` },
      { text: 'Hello.' },
    ],
    [
      'JSON that is said to be text',
      { raw: JSON.stringify(completion({ content: 'Hello.' })), type: 'text/plain' },
      { text: 'Hello.' },
    ],
  ])('%s', async (_what, answer, expected) => {
    service.plan('raw' in answer ? (answer as RawStep) : { raw: answer });
    const { model } = modelAt(service);
    await expect(model.complete(request, patient)).resolves.toMatchObject(expected);
  });

  test('ids that are empty, doubled or too long are made anew, for the whole conversation', async () => {
    const many = [call({ id: '' }), call({ id: 'a' }), call({ id: 'a' }), call({ id: 'x'.repeat(80) })];
    service.plan({ raw: completion({ tool_calls: many }) }, { raw: completion({ tool_calls: many }) });
    service.plan({ text: answerText() });
    const box = toolbox({ get_products: ok({}) });
    const { answer } = await runExpert(aRun({ model: modelAt(service).model, toolbox: box }));
    expect(answer.status).toBe('needs_input');
    const ids = service
      .chats()
      .at(-1)
      ?.messages.flatMap((message) =>
        'tool_calls' in message ? (message.tool_calls ?? []).map(({ id }) => id) : [],
      );
    expect(ids).toHaveLength(8);
    expect(new Set(ids).size).toBe(8);
    expect(ids?.filter((id) => !/^[\w-]{1,40}$/.test(id))).toEqual([]);
    expect(ids).toContain('a');
  });

  test('a call that is broken is an outcome, and goes back in a form that servers read', async () => {
    const broken = [
      call({ id: 'one' }, { arguments: '{"category": "mob' }),
      call({ id: 'two' }, { arguments: '{"a":1}{"a":2}' }),
      call({ id: 'three' }, { name: 'no such tool!' }),
    ];
    service.plan({ raw: completion({ tool_calls: broken }) }, { text: answerText() });
    const box = toolbox({ get_products: ok({}) });
    await runExpert(aRun({ model: modelAt(service).model, toolbox: box }));
    expect(box.called).toEqual([]);
    const calls = service.chats()[1]?.messages.flatMap((one) => ('tool_calls' in one ? one.tool_calls : []));
    expect(calls?.map((one) => one?.function)).toEqual([
      { name: 'get_products', arguments: '{}' },
      { name: 'get_products', arguments: '{}' },
      { name: 'unknown_tool', arguments: '{}' },
    ]);
  });
});
