import { expect, test } from 'vitest';
import { runExpert } from '#platform/experts/loop';
import type { ToolOutcome } from '#platform/experts/ports';
import { answerText } from './answers.ts';
import { aRun, calls, ok, says, scripted, toolbox } from './stubs.ts';

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
