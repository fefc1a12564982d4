import { describe, expect, it } from 'vitest';
import { pageOf } from '#platform/mcp/tasks/page';
import type { TaskState } from '#platform/mcp/tasks/ports';

function task(id: string, second: number): TaskState {
  const createdAt = `2026-03-15T12:00:${String(second).padStart(2, '0')}.000Z`;
  return {
    id,
    tool: 'any',
    status: 'working',
    createdAt,
    updatedAt: createdAt,
    ttlMs: null,
    pollIntervalMs: 1000,
  };
}

const idsOf = (page: { readonly items: readonly TaskState[] }) => page.items.map(({ id }) => id);
const sixty = Array.from({ length: 60 }, (_value, index) => task(`t${index}`, index));

describe('pages of tasks', () => {
  it('begin with the newest, in the same order for the same moment', () => {
    const tasks = [task('a', 1), task('c', 2), task('b', 2)];
    expect(idsOf(pageOf(tasks, undefined))).toEqual(['c', 'b', 'a']);
    expect(pageOf(tasks, undefined).nextCursor).toBeUndefined();
  });

  it('go on where the last one ended, also when its last task is gone', () => {
    const first = pageOf(sixty, undefined);
    expect(first.items).toHaveLength(50);
    const left = sixty.filter(({ id }) => id !== first.items.at(-1)?.id);
    const second = pageOf(left, first.nextCursor);
    expect(idsOf(second)).toEqual(['t9', 't8', 't7', 't6', 't5', 't4', 't3', 't2', 't1', 't0']);
    expect(second.nextCursor).toBeUndefined();
  });

  it('have no next page when they are full to the last place', () => {
    expect(pageOf(sixty.slice(0, 50), undefined).nextCursor).toBeUndefined();
  });

  it.each(['', 'nonsense', Buffer.from('2026 ../x').toString('base64url')])(
    'refuse the cursor %j',
    (cursor) => {
      expect(() => pageOf(sixty, cursor)).toThrow(expect.objectContaining({ code: -32602 }));
    },
  );
});
