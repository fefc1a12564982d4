import { expect, test } from 'vitest';
import { runExpert } from '#platform/experts/loop';
import type { ToolOutcome } from '#platform/experts/ports';
import { answerText } from './answers.ts';
import { aRun, calls, ok, says, scripted, toolbox } from './stubs.ts';

const tools = {
  get_billing_summary: ok({ customer_id: 7, total_due: 284.02, invoices: [{ invoice_id: 101 }] }),
  get_customer_detail: { kind: 'error', message: 'There is no such customer.' } satisfies ToolOutcome,
  get_support_tickets: ok({ tickets: [] }),
  search_knowledge_base: ok({
    documents: [{ title: 'Late Payment Fee Policy', content: 'From day 11 a late fee is added.' }],
  }),
};

const summary = calls(['get_billing_summary', '{"customer_id":7}']);
const lateFee = calls(['search_knowledge_base', '{"query":"late fee"}']);
const poems = calls(['search_knowledge_base', '{"query":"poem about roses"}']);
const rule = { answer: 'It is added from day 11.', citations: ['Late Payment Fee Policy'] };

async function ask(question: string, before: readonly ReturnType<typeof calls>[], answer: object) {
  const model = scripted(...before, says(answerText({ status: 'done', ...answer })));
  const result = await runExpert(
    aRun({ model, toolbox: toolbox(tools), messages: [{ role: 'user', text: question }] }),
  );
  return { ...result.answer, turns: result.statistics.turns, model };
}

test.each([
  ['a record that was read and is used', 'What does customer 7 owe?', [summary], { answer: '$284.02.' }],
  ['that there is nothing', 'Any tickets?', [calls(['get_support_tickets', '{}'])], { answer: 'None.' }],
  ['a document that fits and is cited', 'When is a late fee added?', [lateFee], rule],
])('%s supports an answer', async (_what, question, before, answer) => {
  expect(await ask(question, before, answer)).toMatchObject({ status: 'done', turns: 2 });
});

test.each([
  ['nothing was looked up', 'What is open?', [], { answer: 'Invoice 101 is open.' }],
  ['what was looked up is not used', 'What does customer 7 owe?', [summary], { answer: 'It is all fine.' }],
  ['the call failed', 'Who is it?', [calls(['get_customer_detail', '{}'])], { answer: 'John Doe.' }],
  ['a rule stands for a record', 'What does customer 7 owe in late fees?', [lateFee], rule],
  ['a document does not fit', 'Write a poem about roses', [poems], rule],
  ['the document is not cited', 'When is a late fee added?', [lateFee], { ...rule, citations: [] }],
])('done is not passed on when %s', async (_what, question, before, answer) => {
  const came = await ask(question, before, answer);
  expect(came.status).toBe('error');
  expect(came.answer).toMatch(/This expert answers questions about .* For example:(?:\n- .+){1,3}$/s);
  expect(came.answer).not.toContain('John Doe');
  expect(came.citations).toEqual([]);
});

test('a model is told once, and may look up what is missing', async () => {
  const done = { status: 'done', answer: 'They owe $284.02.' } as const;
  const model = scripted(says(answerText(done)), summary, says(answerText(done)));
  const { answer } = await runExpert(aRun({ model, toolbox: toolbox(tools) }));
  expect(answer).toMatchObject(done);
  expect(model.requests[1]?.messages.at(-1)).toMatchObject({
    role: 'note',
    text: expect.stringContaining('no result of a tool'),
  });
});

test('a record that nobody looked at is named, and the answer is not done', async () => {
  const came = await ask('What do customer 7 and customer 9 owe?', [summary], { answer: '7 owes $284.02.' });
  expect(came).toMatchObject({ status: 'needs_input', follow_up: expect.stringContaining('customer 9') });
  expect(came.answer).toMatch(/284\.02[\s\S]*Not answered, because nobody looked at it: customer 9\./);
});
