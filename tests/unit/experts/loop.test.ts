import { expect, test } from 'vitest';
import { runExpert } from '#platform/experts/loop';
import type { ToolOutcome } from '#platform/experts/ports';
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

test('a malformed answer is written again once', async () => {
  const model = scripted(says('It is open.'), says(answerText()));
  const { answer } = await runExpert(aRun({ model }));
  expect(answer.answer).toBe('Invoice 101 is open.');
  expect(model.requests[1]?.messages.at(-1)).toMatchObject({
    text: expect.stringContaining('it is not JSON'),
  });
});

test('an empty message is not repeated to the model: servers refuse it', async () => {
  const model = scripted(says(''), says(answerText()));
  await runExpert(aRun({ model }));
  expect(model.requests[1]?.messages.map(({ role }) => role)).toEqual(['user', 'note']);
});

test('an answer that stays malformed is an error, never passed on', async () => {
  const model = scripted(says('It is open.'), says(answerText({ status: 'finished' as 'done' })));
  const { answer } = await runExpert(aRun({ model }));
  expect(answer.status).toBe('error');
  expect(answer.answer).not.toContain('open');
});

test('only documents that were found are cited', async () => {
  const found = ok({ documents: [{ title: 'Data Overage Policy' }], mode: 'lexical' });
  const model = scripted(
    calls(['search_knowledge_base', '{}']),
    says(answerText({ citations: ['Data Overage Policy', 'Late Fees', 'A Made-up Policy'] })),
  );
  const { answer } = await runExpert(
    aRun({ model, toolbox: toolbox({ search_knowledge_base: found }), citable: ['Late Fees'] }),
  );
  expect(answer.citations).toEqual(['Data Overage Policy', 'Late Fees']);
});

test('a change that waits for confirmation is proposed, and the answer is not "done"', async () => {
  const action = {
    domain: 'billing',
    description: 'Pay 20.00 on invoice 101.',
    tool: 'pay_invoice',
    arguments: { invoice_id: 101 },
  };
  const waiting: ToolOutcome = { kind: 'confirmation_required', message: 'Please confirm.', action };
  const model = scripted(calls(['pay_invoice', '{}']), says(answerText({ answer: 'I have paid it.' })));
  const { answer, proposals } = await runExpert(aRun({ model, toolbox: toolbox({ pay_invoice: waiting }) }));
  expect(answer.status).toBe('needs_input');
  expect(proposals).toEqual([action]);
});
