import { expect, test } from 'vitest';
import { currentJournal, type Journal, keyOfWork } from '#platform/experts/durable/journal';
import { journaledModel, journaledToolbox } from '#platform/experts/durable/journaled';
import { runExpert } from '#platform/experts/loop';
import { aKeptRun } from './kept-run.ts';
import { aRun, calls, ok, says, scripted, toolbox } from './stubs.ts';

const final = says(
  JSON.stringify({
    status: 'done',
    answer: 'Invoice 7 is open.',
    citations: [],
    actions: [],
    follow_up: null,
  }),
);

test('a run is answered step by step, and asks and looks up everything once', async () => {
  const model = scripted(calls(['get_invoice', '{"id":7}']), calls(['get_invoice', '{"id":7}']), final);
  const box = toolbox({ get_invoice: ok({ invoice_id: 7 }) });
  const { step } = aKeptRun();
  const question = { role: 'user', text: 'Is invoice 7 open?' } as const;
  const work = () =>
    runExpert(aRun({ model: journaledModel(model), toolbox: journaledToolbox(box), messages: [question] }));
  expect(await step(work)).toBe('paused');
  expect([model.requests.length, box.called.length]).toEqual([1, 1]);
  expect(await step(work)).toBe('paused');
  // The same call again is another one: what it looks at may have changed.
  expect([model.requests.length, box.called.length]).toEqual([2, 2]);
  const answered = { answer: { answer: 'Invoice 7 is open.' }, statistics: { turns: 3, inputTokens: 30 } };
  expect(await step(work)).toMatchObject(answered);
  // A step that is repeated although it had succeeded.
  expect(await step(work)).toMatchObject(answered);
  expect([model.requests.length, box.called.length]).toEqual([3, 2]);
});

test('what fails is not written down, and is done again', async () => {
  const { step } = aKeptRun();
  let attempts = 0;
  const work = (journal: Journal) =>
    journal.remember('turn', 'x', async () => {
      attempts += 1;
      if (attempts === 1) {
        throw new Error('busy');
      }
      return attempts;
    });
  await expect(step(work)).rejects.toThrow('busy');
  expect(await step(work)).toBe(2);
  expect(await step(work)).toBe(2);
});

test('work whose inner turn has to wait is not done, whatever became of that on its way out', async () => {
  const { kept, step } = aKeptRun();
  const made: string[] = [];
  const turn = (journal: Journal, name: string) =>
    journal.remember('turn', name, async () => {
      made.push(name);
      return name;
    });
  const work = async (journal: Journal) => {
    const first = await turn(journal, 'first');
    const inner = await journal.remember('tool', 'ask', async () =>
      // as a boundary for errors would do it
      turn(journal, 'second').catch(() => 'swallowed'),
    );
    return [first, inner];
  };
  expect(await step(work)).toBe('paused');
  expect([...kept.values()]).toEqual(['"first"']);
  expect(await step(work)).toEqual(['first', 'second']);
  expect(made).toEqual(['first', 'second']);
});

test('work has a key that is the same in every repetition; outside of a run there is none', async () => {
  const keys: (string | undefined)[] = [];
  for (const { step } of [aKeptRun(), aKeptRun()]) {
    await step((journal) =>
      journal.remember('tool', 'same', async () => {
        keys.push(keyOfWork());
        return true;
      }),
    );
  }
  expect(keys[0]).toMatch(/^[\w-]{43}$/);
  expect(keys[1]).toBe(keys[0]);
  expect([currentJournal(), keyOfWork()]).toEqual([undefined, undefined]);
});
