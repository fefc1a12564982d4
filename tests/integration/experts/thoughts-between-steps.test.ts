import { afterEach, beforeEach, expect, test } from 'vitest';
import { journaledModel, journaledToolbox } from '#platform/experts/durable/journaled';
import { runExpert } from '#platform/experts/loop';
import { withSecond } from '#platform/experts/models/with-second';
import type { ChatModel } from '#platform/experts/ports';
import { startFakeOpenAi } from '../../support/fake-openai.ts';
import type { FakeOpenAi } from '../../support/fake-openai-server.ts';
import { answerText } from '../../unit/experts/answers.ts';
import { aKeptRun } from '../../unit/experts/kept-run.ts';
import { aRun, ok, toolbox } from '../../unit/experts/stubs.ts';
import { responsesModelAt } from './models.ts';

/** A long question: each step is made by a process that knows only what the steps before it wrote down. */

const thought = 'Customer 251 sounds like a liar.';
const encrypted = Buffer.from(thought).toString('base64');
const summary = { calls: [{ name: 'get_billing_summary', arguments: { customer_id: 251 } }], thought };

let first: FakeOpenAi;
let second: FakeOpenAi;
beforeEach(async () => {
  [first, second] = await Promise.all([startFakeOpenAi(), startFakeOpenAi()]);
});
afterEach(() => Promise.all([first.stop(), second.stop()]));

const kindsAt = (service: FakeOpenAi) =>
  service
    .responses()
    .at(-1)
    ?.input.map((one) => ('type' in one ? one.type : one.role));

/** Makes the steps of a run, each with a model that was just opened. */
async function answered(open: () => { readonly model: ChatModel; readonly lines: readonly unknown[] }) {
  const { kept, step } = aKeptRun();
  const box = toolbox({ get_billing_summary: ok({ total_due: 100 }) });
  const told: unknown[] = [];
  for (;;) {
    const { model, lines } = open();
    const came = await step(() =>
      runExpert(aRun({ model: journaledModel(model), toolbox: journaledToolbox(box) })),
    );
    told.push(came, lines);
    if (came !== 'paused') {
      return { ...came, kept, told: JSON.stringify(told) };
    }
  }
}

test('a model gets its thoughts back in the next step, and nobody else sees them', async () => {
  first.plan(summary, summary, { text: answerText() });
  const { answer, kept, told } = await answered(() => responsesModelAt(first));
  expect(answer.answer).toBe('Invoice 101 is open.');
  const call = ['reasoning', 'function_call', 'function_call_output'];
  expect(kindsAt(first)).toEqual(['user', ...call, ...call]);
  expect(first.responses().at(-1)?.input[1]).toMatchObject({ summary: [], encrypted_content: encrypted });
  expect([...kept.values()].filter((text) => text.includes(encrypted))).toHaveLength(2);
  expect(told).not.toContain(encrypted);
});

test('the second model gets its own thoughts back, and those of the first stay away from it', async () => {
  const sending = { attempts: 1, attemptMilliseconds: 5_000, longestWait: 2_000, firstWait: 1 };
  const both = () => {
    const one = responsesModelAt(first, { sending });
    const other = responsesModelAt(second);
    return { model: withSecond(one.model, other.model), lines: [one.lines, other.lines] };
  };
  first.plan(summary, { status: 503 }, { status: 503 });
  second.plan(summary, { text: answerText() });
  await answered(both);
  expect(kindsAt(second)).toEqual([
    'user',
    'function_call',
    'function_call_output',
    'reasoning',
    'function_call',
    'function_call_output',
  ]);
});

test('what was kept and cannot be read is left out', () => {
  const { model } = responsesModelAt(first);
  const turn = { text: '', calls: [{ id: 'a', name: 'b', argumentsText: '{}' }] };
  const whole = { ...turn, usage: { inputTokens: 0, outputTokens: 0 }, model: 'm', finishReason: 'stop' };
  for (const kept of [undefined, null, 'thoughts', [[{ type: 'reasoning' }]], [7]]) {
    model.recall?.restore(whole, kept);
    expect(model.recall?.of(whole)).toBeUndefined();
  }
});
