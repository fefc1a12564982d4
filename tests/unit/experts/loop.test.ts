import { expect, test } from 'vitest';
import { runExpert } from '#platform/experts/loop';
import { answerText } from './answers.ts';
import { aRun, calls, ok, says, scripted, toolbox } from './stubs.ts';

const invoices = { get_billing_summary: ok({ total_due: 100 }), get_products: ok({ products: [] }) };

test('calls tools, hands their results back as delimited data, and ends with the answer', async () => {
  const model = scripted(
    calls(['get_billing_summary', '{"customer_id":1}']),
    says(answerText({ status: 'done', answer: '$100.00 is open.' })),
  );
  const { answer, statistics } = await runExpert(aRun({ model, toolbox: toolbox(invoices) }));
  expect(answer).toMatchObject({ status: 'done', answer: '$100.00 is open.' });
  expect(statistics).toEqual({
    ...{ turns: 2, tools: ['get_billing_summary'] },
    ...{ inputTokens: 20, outputTokens: 2, cachedTokens: 0 },
  });
  expect(model.requests[1]?.messages.at(-1)).toEqual({
    role: 'tool',
    callId: 'get_billing_summary-0',
    text: '<tool_data>{"outcome":"ok","data":{"total_due":100}}</tool_data>',
  });
});

test('tells the model who it is and which day it is', async () => {
  const model = scripted(says(answerText()));
  await runExpert(aRun({ model }));
  expect(model.requests[0]?.instructions).toMatch(/billing expert[\s\S]*Today is 2026-01-15\./);
});

test('runs the calls of one turn at the same time, and answers them in their order', async () => {
  const order: string[] = [];
  let release = () => {};
  const second = new Promise<void>((resolve) => {
    release = resolve;
  });
  const box = toolbox(invoices);
  const model = scripted(calls(['get_billing_summary', '{}'], ['get_products', '{}']), says(answerText()));
  await runExpert(
    aRun({
      model,
      toolbox: {
        ...box,
        async call(name) {
          // The first call ends only after the second one has begun.
          if (name === 'get_billing_summary') {
            await second;
          } else {
            release();
          }
          order.push(name);
          return ok(name);
        },
      },
    }),
  );
  expect(order).toEqual(['get_products', 'get_billing_summary']);
  const results = model.requests[1]?.messages.filter(({ role }) => role === 'tool');
  expect(results?.map((message) => 'callId' in message && message.callId)).toEqual([
    'get_billing_summary-0',
    'get_products-1',
  ]);
});

test('reports each tool call in plain words', async () => {
  const progress: string[] = [];
  const model = scripted(calls(['get_billing_summary', '{}'], ['get_products', '{}']), says(answerText()));
  await runExpert(aRun({ model, toolbox: toolbox(invoices), progress: (message) => progress.push(message) }));
  expect(progress).toEqual(['Looking at what is outstanding', 'Looking at the plans and prices']);
});

test.each([
  ['broken JSON', 'get_products', '{"category":', 'not a JSON object'],
  ['arguments that are no object', 'get_products', '[1]', 'not a JSON object'],
  [
    'arguments without end',
    'get_products',
    `{"a":${'['.repeat(3_000)}${']'.repeat(3_000)}}`,
    'not a JSON object',
  ],
  ['a tool that does not exist', 'unlock_account', '{}', 'no tool of that name'],
])('%s is an outcome for the model, not a failure', async (_what, name, args, message) => {
  const box = toolbox(invoices);
  const model = scripted(calls([name, args]), says(answerText()));
  const { answer } = await runExpert(aRun({ model, toolbox: box }));
  expect(answer.status).toBe('needs_input');
  expect(box.called).toEqual([]);
  expect(model.requests[1]?.messages.at(-1)).toMatchObject({ text: expect.stringContaining(message) });
});
