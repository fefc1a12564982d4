import { describe, expect, it } from 'vitest';
import type { Offer } from '#platform/access/offer';
import type { Principal } from '#platform/identity/principal';
import type { OfferedTool, TaskSource, TaskState } from '#platform/mcp/tasks/ports';
import { known, visibleTasks } from '#platform/mcp/tasks/visible-tasks';
import { principalNamed } from '../../integration/tasks/support.ts';

const task: TaskState = {
  id: 'task-1',
  tool: 'look',
  status: 'working',
  createdAt: '2026-03-15T12:00:00.000Z',
  updatedAt: '2026-03-15T12:00:00.000Z',
  ttlMs: 1_000,
  pollIntervalMs: 1_000,
};

/** Shows every task to everybody, and notes what it is asked for. */
function openSource(): TaskSource & { readonly asked: string[] } {
  const asked: string[] = [];
  const noting = async (id: string) => {
    asked.push(id);
    return task;
  };
  return {
    asked,
    get: noting,
    cancel: noting,
    list: async () => [task, { ...task, id: 'task-2', tool: 'gone' }],
    async *watch() {
      yield task;
      yield { ...task, status: 'completed' };
    },
  };
}

const offer: Offer = { thing: { permission: 'diagnostics.run' }, at: ['mcp'] };
const long = { definition: { name: 'look' }, offer } as unknown as OfferedTool;
const tasksOver = (source: TaskSource) =>
  visibleTasks(source, (name) => (name === 'look' ? long : undefined), 'mcp');

async function seenBy(principal: Principal, tasks: TaskSource): Promise<readonly unknown[]> {
  const watched: string[] = [];
  for await (const { status } of tasks.watch('task-1', principal, AbortSignal.abort())) {
    watched.push(status);
  }
  const list = await tasks.list(principal);
  return [
    (await tasks.get('task-1', principal))?.id,
    (await tasks.cancel('task-1', principal))?.id,
    list.map(({ id }) => id),
    watched,
  ];
}

describe('the tasks that a caller is shown', () => {
  it('are those of tools that the caller may use', async () => {
    expect(await seenBy(principalNamed('ada'), tasksOver(openSource()))).toEqual([
      'task-1',
      'task-1',
      ['task-1'],
      ['working', 'completed'],
    ]);
  });

  it('are none for somebody who may not, and none of them is cancelled', async () => {
    const source = openSource();
    const cancelled: string[] = [];
    const tasks = tasksOver({
      ...source,
      cancel: async (id) => {
        cancelled.push(id);
        return task;
      },
    });
    expect(await seenBy(principalNamed('guest'), tasks)).toEqual([undefined, undefined, [], []]);
    expect(cancelled).toEqual([]);
  });

  it.each(['', 'a b', '../task-1', 'x'.repeat(129)])('nobody is asked for the id %j', async (id) => {
    const source = openSource();
    const tasks = tasksOver(source);
    expect(await tasks.get(id, principalNamed('ada'))).toBeUndefined();
    expect(await tasks.cancel(id, principalNamed('ada'))).toBeUndefined();
    expect(source.asked).toEqual([]);
  });

  it('are not found in one sentence, whatever is the reason', () => {
    expect(() => known(undefined)).toThrow('Task not found');
    expect(known(task)).toBe(task);
  });
});
