import { expect, test } from 'vitest';
import { runExpert } from '#platform/experts/loop';
import type { ChatModel, ExpertToolbox } from '#platform/experts/ports';
import { defaultLimits, limitsWithin } from '#platform/experts/run-state';
import { answerText } from './answers.ts';
import { aRun, calls, ok, says, scripted, toolbox } from './stubs.ts';

/** So short that what never ends is over at once. */
const limits = { ...defaultLimits, hurryAfter: 5, milliseconds: 60_000 };

test('a caller without progress is answered within the time that the setting allows', () => {
  const { hurryAfter, milliseconds } = limitsWithin(50_000);
  expect(milliseconds).toBeLessThan(50_000);
  expect(hurryAfter).toBeLessThan(milliseconds);
});

test('a model that does not answer in time leaves what the tools found out, what is missing, and how to go on', async () => {
  const turns = scripted(calls(['get_billing_summary', '{}'], ['get_products', '{}']));
  const silent: ChatModel = {
    complete: (request, signal) =>
      turns.requests.length === 0
        ? turns.complete(request, signal)
        : new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
  };
  const box = toolbox({
    get_billing_summary: { ...ok({}), kind: 'ok', data: {}, summary: 'Customer 1 owes 20.00.' },
    get_products: { kind: 'error', message: 'The catalog does not answer.' },
  });
  const run = aRun({ model: silent, toolbox: box, limits: { ...limits, milliseconds: 50 } });
  const { answer } = await runExpert(run);
  expect(answer.status).toBe('needs_input');
  expect(answer.answer).toMatch(/Found out so far:\n- Customer 1 owes 20\.00\./);
  expect(answer.answer).toMatch(/Missing: .*\n- The catalog does not answer\./);
  expect(answer.follow_up).toMatch(/conversation_id/);
});

test('neither a tool nor a model that listens to nobody keeps the caller waiting', async () => {
  const deaf: ExpertToolbox = { ...toolbox({ get_products: ok({}) }), call: () => new Promise(() => {}) };
  const model = scripted(calls(['get_products', '{}']));
  const { answer } = await runExpert(aRun({ model, toolbox: deaf, limits: { ...limits, milliseconds: 20 } }));
  expect(answer.answer).toContain('Nothing was found out yet.');
});

test('a diagnosis that has to be left is not cut: the answer names its task, even when the model does not', async () => {
  const asked: AbortSignal[] = [];
  const box: ExpertToolbox = {
    ...toolbox({ trouble_shoot_device: ok({}) }),
    call: (_name, _args, signal) => {
      asked.push(signal);
      const goesOn = { kind: 'error', message: 'The diagnosis goes on.', task: 'task-7' } as const;
      return new Promise((resolve) => signal.addEventListener('abort', () => resolve(goesOn)));
    },
  };
  const model = scripted(calls(['trouble_shoot_device', '{}']), says(answerText()));
  const { answer, tasks } = await runExpert(aRun({ model, toolbox: box, limits }));
  expect(asked.map(({ aborted }) => aborted)).toEqual([true]);
  expect(model.requests.at(-1)?.last).toBe(true);
  expect(tasks).toEqual(['task-7']);
  expect(answer).toMatchObject({ status: 'needs_input', answer: expect.stringContaining('task task-7') });
});

test('a caller who leaves gets no answer for it', async () => {
  const gone = new AbortController();
  const model: ChatModel = {
    complete: (_request, signal) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason));
        gone.abort();
      }),
  };
  await expect(runExpert(aRun({ model, signal: gone.signal, limits }))).rejects.toBe(gone.signal.reason);
});
