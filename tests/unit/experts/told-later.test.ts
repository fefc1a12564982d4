import { describe, expect, it } from 'vitest';
import { answerKey, answerTurn, type TurnMeans } from '#platform/experts/durable/answer-turn';
import { questionTasks } from '#platform/experts/durable/question-tasks';
import type { RunStore } from '#platform/experts/durable/run-store';
import { fromStored, keptFailure, toStored } from '#platform/mcp/kept-result';
import type { TaskState } from '#platform/mcp/tasks/ports';
import { jobOverviews } from '#platform/overviews/jobs';

/** What a question came to is told as its answer would have been: a refusal as one. */

const principal = { tenant: 'contoso', user: 'ada' } as never;
const sentence = 'The experts answer no more questions today.';

/** A run that keeps what is written. */
function runs(entries = new Map<string, unknown>()): RunStore {
  return {
    read: async () => ({ asked: { tool: 'ask', input: {}, principal, correlationId: 'c', at: 0 }, entries }),
    readEntry: async (_run: string, key: string) => entries.get(key),
    write: async (_run: string, key: string, value: unknown) => void entries.set(key, value),
  } as never;
}

async function askedFor(store: RunStore, ended = 'answered'): Promise<TaskState | undefined> {
  const job = {
    id: 'job',
    status: 'completed',
    subject: 'ask',
    result: { run: 'run', ended, digest: '' },
  };
  const { source } = questionTasks({
    tools: [],
    jobs: () => ({ get: async () => job }) as never,
    runsOf: () => store,
    answerWithinMs: 0,
  });
  return await source.get('job', principal);
}

describe('the answer of a question that became a task', () => {
  it('is a refusal with its code when a turn was refused', async () => {
    const store = runs();
    const means = {
      offers: [{ thing: { name: 'ask' } }],
      resources: () => ({}),
      now: () => new Date(),
      run: async () => ({ kind: 'failed', code: 'refused', sentence }),
      isCancelled: async () => false,
    } as unknown as TurnMeans;
    await answerTurn(means, store, { run: 'run' } as never, 'job');
    expect(await askedFor(store)).toMatchObject({ ...keptFailure('refused', sentence), status: 'completed' });
    expect(fromStored((await store.readEntry('run', answerKey)) as never)).toEqual(
      keptFailure('refused', sentence),
    );
  });

  it('is a failure when nothing was kept', async () => {
    expect(await askedFor(runs(), 'failed')).toMatchObject({
      code: 'unavailable',
      result: { isError: true },
    });
  });

  it('has no code when an earlier version kept it', async () => {
    const { result } = keptFailure('refused', sentence);
    const found = await askedFor(runs(new Map([[answerKey, result]])));
    expect(found?.result).toEqual(result);
    expect(found?.code).toBeUndefined();
  });
});

describe('whoever reads one of their jobs', () => {
  const read = async (state: object) => {
    const source = { get: async () => ({ id: 'job', tool: 'ask', createdAt: '', updatedAt: '', ...state }) };
    const tool = jobOverviews('questions.ask' as never, () => source as never).find(
      ({ name }) => name === 'read_job',
    );
    return await tool?.handler({ task_id: 'job' }, { principal } as never);
  };

  it('is told whether it was refused', async () => {
    const kept = keptFailure('refused', sentence);
    expect(await read({ status: 'completed', ...kept })).toMatchObject({
      said: sentence,
      is_error: true,
      code: 'refused',
    });
  });

  it('is told no code of an answer', async () => {
    const done = { content: [{ type: 'text', text: 'Done.' }], structuredContent: { is: 'done' } };
    const told = await read({ status: 'completed', result: done });
    expect(told).toMatchObject({ said: 'Done.', is_error: false, data: { is: 'done' } });
    expect(told).not.toHaveProperty('code');
  });
});

it('a result is stored with its code, and read without it, whatever else it says of itself', () => {
  const result = { content: [], _meta: { ifc: { integrity: 'trusted' } } };
  expect(fromStored(toStored({ result, code: 'conflict' }))).toEqual({ result, code: 'conflict' });
  expect(fromStored(result)).toEqual({ result });
});
