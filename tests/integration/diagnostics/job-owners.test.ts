import { describe, expect, test } from 'vitest';
import { openJobDesk, request } from './job-desk.ts';
import { useJobDesk } from './use-job-desk.ts';

const its = useJobDesk();

describe('whose job it is', () => {
  test('a job of somebody else, an unknown and a malformed one are the same: none', async () => {
    const { id } = await its.desk.jobs.start(request, its.ada);
    const other = await openJobDesk();
    const unknown = id.split('').reverse().join('');
    for (const [handle, principal] of [
      [id, its.desk.ben],
      [id, { ...its.ada, tenant: other.tenant }],
      [unknown, its.ada],
      ['', its.ada],
      ["' or 1 eq 1", its.ada],
      [`${id}x`, its.ada],
    ] as const) {
      expect(await its.desk.jobs.get(handle, principal)).toBeUndefined();
      expect(await its.desk.jobs.cancel(handle, principal)).toBeUndefined();
      const states = its.desk.jobs.watch(handle, principal, new AbortController().signal);
      expect((await states.next()).done).toBe(true);
    }
    expect(await its.desk.jobs.get(id, its.ada)).toMatchObject({ status: 'working' });
  });

  test('an expired one is none, too', async () => {
    const { id } = await its.desk.another(undefined, { ttlMs: 10 }).start(request, its.ada);
    its.desk.clock.now = new Date(its.desk.clock.now.getTime() + 10);
    expect(await its.desk.jobs.get(id, its.ada)).toBeUndefined();
    expect(await its.desk.jobs.cancel(id, its.ada)).toBeUndefined();
    expect(await its.desk.jobs.list(its.ada)).toEqual([]);
  });

  test("a list holds one's own jobs, newest first", async () => {
    const ids: string[] = [];
    for (const _ of [1, 2, 3]) {
      its.desk.clock.now = new Date(its.desk.clock.now.getTime() + 1000);
      ids.unshift((await its.desk.jobs.start(request, its.ada)).id);
    }
    expect((await its.desk.jobs.list(its.ada)).map(({ id }) => id)).toEqual(ids);
    expect(await its.desk.jobs.list(its.desk.ben)).toEqual([]);
  });
});
