import { expect, test } from 'vitest';
import { runExpert } from '#platform/experts/loop';
import type { ChatModel } from '#platform/experts/ports';
import { defaultLimits } from '#platform/experts/run-state';
import { answerText } from './answers.ts';
import { aRun, calls, ok, says, scripted, toolbox } from './stubs.ts';

const invoices = { get_billing_summary: ok({ total_due: 100 }), get_products: ok({ products: [] }) };

test('a model that never stops calling gets a last turn in which none may be called, and its answer stands', async () => {
  const turns = Array.from({ length: 7 }, () => calls(['get_products', '{}']));
  const model = scripted(...turns, says(answerText({ status: 'error', answer: 'I could not find out.' })));
  const { answer, statistics } = await runExpert(aRun({ model, toolbox: toolbox(invoices) }));
  expect(statistics.turns).toBe(8);
  expect(model.requests.map(({ last }) => last)).toEqual([...Array(7).fill(false), true]);
  // Servers refuse a history with calls of tools that they are not told of.
  expect(model.requests.map(({ tools }) => tools.length)).toEqual(Array(8).fill(2));
  expect(model.requests.at(-1)?.messages.at(-1)?.role).toBe('note');
  expect(answer.answer).toBe('I could not find out.');
});

test('spent tokens end in a last turn', async () => {
  const model = scripted(
    { ...calls(['get_products', '{}']), usage: { inputTokens: 900, outputTokens: 200 } },
    says(answerText()),
  );
  const limits = { ...defaultLimits, tokens: 1_000 };
  await runExpert(aRun({ model, toolbox: toolbox(invoices), limits }));
  expect(model.requests.map(({ last }) => last)).toEqual([false, true]);
});

test('when time runs short, the next turn is the last one', async () => {
  const model = scripted(says(answerText()));
  await runExpert(aRun({ model, toolbox: toolbox(invoices), limits: { ...defaultLimits, hurryAfter: 0 } }));
  expect(model.requests[0]?.last).toBe(true);
});

test('when time is up, the answer is what is known', async () => {
  const limits = { ...defaultLimits, milliseconds: 20 };
  const { answer } = await runExpert(aRun({ model: neverAnswers, limits }));
  expect(answer).toMatchObject({ status: 'needs_input', answer: expect.stringMatching(/^The time for/) });
});

test('stops when the caller is gone', async () => {
  const caller = new AbortController();
  const running = runExpert(aRun({ model: neverAnswers, signal: caller.signal }));
  caller.abort(new Error('The caller is gone.'));
  await expect(running).rejects.toThrow('The caller is gone.');
});

test('a call in the last turn is not made, and is written again as an answer', async () => {
  const box = toolbox(invoices);
  const model = scripted(calls(['get_products', '{}']), calls(['get_products', '{}']), says(answerText()));
  const limits = { ...defaultLimits, turns: 2 };
  const { answer } = await runExpert(aRun({ model, toolbox: box, limits }));
  expect(answer.answer).toBe('Invoice 101 is open.');
  expect(box.called).toEqual(['get_products']);
  expect(model.requests[2]?.messages.slice(-2)).toMatchObject([
    { role: 'note', text: expect.stringContaining('No more tools can be called') },
    { role: 'note', text: expect.stringContaining('it calls a tool, and no tool can be called any more') },
  ]);
});

const neverAnswers: ChatModel = {
  complete: (_request, signal) =>
    new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
};
