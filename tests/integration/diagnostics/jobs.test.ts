import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { report } from '#contoso/diagnosis/report';
import { Conflict, NotFound, Refused } from '#platform/errors';
import type { Principal } from '#platform/identity/principal';
import { ownerOf } from '#platform/jobs/job-store';
import { countRoundTrips } from '#platform/storage/round-trips';
import { type JobDesk, openJobDesk, request } from './job-desk.ts';

let desk: JobDesk;
/** A new user for each test: everybody's jobs are apart. */
let ada: Principal;
let users = 0;
beforeAll(async () => {
  desk = await openJobDesk();
});
beforeEach(() => {
  users += 1;
  ada = { ...desk.ada, user: `directory:ada${users}` };
});

const day = 86_400_000;

describe('a new job', () => {
  test('is on record, waits at 0 and says how long it is kept', async () => {
    const job = await desk.jobs.start(request, ada);
    expect(job).toEqual({
      id: expect.stringMatching(/^[A-Za-z0-9_-]{32}$/),
      status: 'working',
      progress: 0,
      message: 'Waiting to start.',
      createdAt: desk.clock.now.toISOString(),
      updatedAt: desk.clock.now.toISOString(),
      ttlMs: day,
      pollIntervalMs: 1000,
    });
    expect(await desk.jobs.get(job.id, ada)).toEqual(job);
  });

  test('costs three round trips to storage at most, and a look at it one', async () => {
    await desk.jobs.start(request, ada);
    const { result, count } = await countRoundTrips(() => desk.jobs.start(request, ada));
    expect(count).toBeLessThanOrEqual(3);
    expect((await countRoundTrips(() => desk.jobs.get(result.id, ada))).count).toBe(1);
  });

  test('does not come to be for an unknown subscription', async () => {
    const starts = desk.engine.calls.start;
    await expect(desk.jobs.start({ ...request, subscription_id: 99 }, ada)).rejects.toThrow(NotFound);
    expect(await desk.jobs.list(ada)).toEqual([]);
    expect(desk.engine.calls.start).toBe(starts);
  });

  test('does not come to be for a caller of another tenant', async () => {
    const other = await openJobDesk();
    await expect(desk.jobs.start(request, other.ada)).rejects.toThrow(RangeError);
  });

  test('needs no subscription', async () => {
    const { id } = await desk.jobs.start({ device_name: 'router', detail: 'odd' }, ada);
    await desk.engine.advance(id);
    const { result } = (await desk.jobs.get(id, ada)) ?? {};
    expect(report.parse(result).findings.map(({ title }) => title)).toContain('About the device alone');
  });
});

describe('a job on its way', () => {
  test('shows the progress of its orchestration, on every instance', async () => {
    const { id } = await desk.jobs.start(request, ada);
    await desk.engine.advance(id, 3);
    const state = await desk.another().get(id, ada);
    expect(state).toMatchObject({ status: 'working', progress: 17 });
    expect(state?.message).toMatch(/^Step 2 of 9/);
    expect(Date.parse(state?.updatedAt ?? '')).toBeGreaterThan(Date.parse(state?.createdAt ?? ''));
  });

  test('ends with a report, which outlives the orchestration', async () => {
    const { id } = await desk.jobs.start(request, ada);
    await desk.engine.advance(id);
    const ended = await desk.jobs.get(id, ada);
    expect(ended).toMatchObject({ status: 'completed', progress: 100 });
    expect(report.strict().parse(ended?.result)).toMatchObject({
      device_name: 'router',
      request_detail: 'slow in the evening',
      status: 'attention_needed',
      actions_taken: ['Restarted the management agent of router.'],
    });
    await desk.engine.purge(id);
    expect(await desk.jobs.get(id, ada)).toEqual(ended);
  });

  test('that breaks off has failed, without a reason that is not for callers', async () => {
    const { id } = await desk.jobs.start(request, ada);
    const instance = desk.engine.instances.get(id);
    if (instance) {
      Object.assign(instance, { runtimeStatus: 'Failed', output: 'secret reason' });
    }
    const state = await desk.jobs.get(id, ada);
    expect(state?.status).toBe('failed');
    expect(JSON.parse(desk.logLines.at(-1) ?? '')).toMatchObject({
      ...{ level: 'error', message: 'job ended', job: state?.id, status: 'failed' },
    });
    expect(JSON.stringify(state)).not.toContain('secret');
  });

  test('whose orchestration returns something else has failed', async () => {
    const { id } = await desk.jobs.start(request, ada);
    const instance = desk.engine.instances.get(id);
    if (instance) {
      Object.assign(instance, { runtimeStatus: 'Completed', output: { status: 'fine' } });
    }
    expect(await desk.jobs.get(id, ada)).toMatchObject({ status: 'failed' });
  });

  test('begins at the next look when the process ended before it could', async () => {
    const down = {
      ...desk.engine,
      start: () => Promise.reject(new Error('The process ends here.')),
    } as unknown as typeof desk.engine;
    await expect(desk.another(down).start(request, ada)).rejects.toThrow();
    const [lost] = await desk.jobs.list(ada);
    const id = lost?.id ?? '';
    expect(desk.engine.instances.has(id)).toBe(true);
    await Promise.all([desk.jobs.get(id, ada), desk.another().get(id, ada)]);
    await desk.engine.advance(id);
    expect(await desk.jobs.get(id, ada)).toMatchObject({ status: 'completed' });
  });
});

describe('an idempotency key', () => {
  const keyed = { ...request, idempotency_key: 'call 7' };

  test('makes a repeated call join the job, on every instance', async () => {
    const first = await desk.jobs.start(keyed, ada);
    await desk.engine.advance(first.id, 3);
    expect(await desk.another().start(keyed, ada)).toMatchObject({ id: first.id, progress: 17 });
    expect(await desk.jobs.list(ada)).toHaveLength(1);
  });

  test('gives the result of a job that has ended', async () => {
    const { id } = await desk.jobs.start(keyed, ada);
    await desk.engine.advance(id);
    expect(await desk.jobs.start(keyed, ada)).toMatchObject({ id, status: 'completed' });
  });

  test('used by ten at once starts one job', async () => {
    const started = await Promise.all(
      Array.from({ length: 10 }, (_, call) =>
        (call % 2 === 0 ? desk.jobs : desk.another()).start(keyed, ada),
      ),
    );
    expect(new Set(started.map(({ id }) => id)).size).toBe(1);
    expect(await desk.jobs.list(ada)).toHaveLength(1);
  });

  test('with another request is a conflict, and starts nothing', async () => {
    await desk.jobs.start(keyed, ada);
    const others = [{ detail: 'slow at night' }, { device_name: 'phone' }, { subscription_id: undefined }];
    for (const other of others) {
      await expect(desk.jobs.start({ ...keyed, ...other }, ada)).rejects.toThrow(Conflict);
    }
    expect(await desk.jobs.list(ada)).toHaveLength(1);
  });

  test('may be the id of a job that was started without one', async () => {
    const { id } = await desk.jobs.start(request, ada);
    expect((await desk.another().start({ ...request, idempotency_key: id }, ada)).id).toBe(id);
    const other = { ...request, idempotency_key: id, detail: 'something else' };
    await expect(desk.jobs.start(other, ada)).rejects.toThrow(Conflict);
    const ben = { ...ada, user: `${ada.user}-ben` };
    expect((await desk.jobs.start({ ...request, idempotency_key: id }, ben)).id).not.toBe(id);
  });

  test('of another user is another key', async () => {
    const { id } = await desk.jobs.start(keyed, ada);
    const ben = { ...ada, user: `${ada.user} and ben` };
    const other = await desk.jobs.start({ ...keyed, detail: 'something else' }, ben);
    expect(other.id).not.toBe(id);
  });

  test('is free again when its job was cancelled or has failed', async () => {
    const first = await desk.jobs.start(keyed, ada);
    await desk.jobs.cancel(first.id, ada);
    const second = await desk.jobs.start(keyed, ada);
    expect(second).toMatchObject({ status: 'working' });
    Object.assign(desk.engine.instances.get(second.id) ?? {}, { runtimeStatus: 'Failed' });
    const third = await desk.jobs.start({ ...keyed, detail: 'something else' }, ada);
    expect(new Set([first.id, second.id, third.id]).size).toBe(3);
  });

  test('takes no place of its own', async () => {
    const one = desk.another(desk.engine, { runningPerUser: 1 });
    const { id } = await one.start(keyed, ada);
    expect((await one.start(keyed, ada)).id).toBe(id);
  });

  test('goes with its job, and not with an older one', async () => {
    const owner = ownerOf(ada);
    const first = await desk.jobs.start(keyed, ada);
    await desk.jobs.cancel(first.id, ada);
    const second = await desk.jobs.start(keyed, ada);
    const stored = async (id: string) => (await desk.records.read(owner, id)) ?? expect.fail('It is gone.');
    const key = (await stored(second.id)).record.key ?? '';
    await desk.records.remove(await stored(first.id));
    expect(await desk.records.keyUse(owner, key)).toMatchObject({ job: second.id });
    await desk.records.remove(await stored(second.id));
    expect(await desk.records.keyUse(owner, key)).toBeUndefined();
  });
});

describe('cancelling', () => {
  test('ends the job, and doing it again changes nothing', async () => {
    const { id } = await desk.jobs.start(request, ada);
    await desk.engine.advance(id, 3);
    const cancelled = await desk.jobs.cancel(id, ada);
    expect(cancelled).toMatchObject({ status: 'cancelled', progress: 17 });
    expect(desk.engine.instances.get(id)?.runtimeStatus).toBe('Terminated');
    desk.clock.now = new Date(desk.clock.now.getTime() + 1000);
    expect(await desk.jobs.cancel(id, ada)).toEqual(cancelled);
    expect(await desk.another().get(id, ada)).toEqual(cancelled);
  });

  test('is on record although the engine does not hear of it', async () => {
    const { id } = await desk.jobs.start(request, ada);
    const terminate = vi.spyOn(desk.engine, 'terminate').mockRejectedValueOnce(new Error('down'));
    await expect(desk.jobs.cancel(id, ada)).rejects.toThrow('down');
    await desk.engine.advance(id);
    expect(await desk.jobs.get(id, ada)).toMatchObject({ status: 'cancelled' });
    await desk.jobs.cancel(id, ada);
    expect(terminate).toHaveBeenCalledTimes(2);
    terminate.mockRestore();
  });

  test('does not change how a job ended', async () => {
    const { id } = await desk.jobs.start(request, ada);
    await desk.engine.advance(id);
    expect(await desk.jobs.cancel(id, ada)).toMatchObject({ status: 'completed' });
    expect(await desk.jobs.get(id, ada)).toMatchObject({ status: 'completed' });
  });

  test('by many at the same time, while others look, ends one way for all', async () => {
    const { id } = await desk.jobs.start(request, ada);
    const calls = Array.from({ length: 6 }, (_, index) =>
      index % 2 === 0 ? desk.another().cancel(id, ada) : desk.another().get(id, ada),
    );
    await desk.engine.advance(id);
    await Promise.all(calls);
    const [one, other] = [await desk.jobs.get(id, ada), await desk.another().cancel(id, ada)];
    expect(one?.status).not.toBe('working');
    expect(other).toEqual(one);
  });
});

describe('whose job it is', () => {
  test('a job of somebody else, an unknown and a malformed one are the same: none', async () => {
    const { id } = await desk.jobs.start(request, ada);
    const other = await openJobDesk();
    const unknown = id.split('').reverse().join('');
    for (const [handle, principal] of [
      [id, desk.ben],
      [id, { ...ada, tenant: other.tenant }],
      [unknown, ada],
      ['', ada],
      ["' or 1 eq 1", ada],
      [`${id}x`, ada],
    ] as const) {
      expect(await desk.jobs.get(handle, principal)).toBeUndefined();
      expect(await desk.jobs.cancel(handle, principal)).toBeUndefined();
      const states = desk.jobs.watch(handle, principal, new AbortController().signal);
      expect((await states.next()).done).toBe(true);
    }
    expect(await desk.jobs.get(id, ada)).toMatchObject({ status: 'working' });
  });

  test('an expired one is none, too', async () => {
    const { id } = await desk.another(undefined, { ttlMs: 10 }).start(request, ada);
    desk.clock.now = new Date(desk.clock.now.getTime() + 10);
    expect(await desk.jobs.get(id, ada)).toBeUndefined();
    expect(await desk.jobs.cancel(id, ada)).toBeUndefined();
    expect(await desk.jobs.list(ada)).toEqual([]);
  });

  test("a list holds one's own jobs, newest first", async () => {
    const ids: string[] = [];
    for (const _ of [1, 2, 3]) {
      desk.clock.now = new Date(desk.clock.now.getTime() + 1000);
      ids.unshift((await desk.jobs.start(request, ada)).id);
    }
    expect((await desk.jobs.list(ada)).map(({ id }) => id)).toEqual(ids);
    expect(await desk.jobs.list(desk.ben)).toEqual([]);
  });
});

describe('the bound on running jobs', () => {
  const startAll = (count: number) =>
    Promise.allSettled(Array.from({ length: count }, () => desk.another().start(request, ada)));

  test('holds for any number of instances at the same time', async () => {
    const results = await startAll(20);
    const started = results.filter(({ status }) => status === 'fulfilled');
    expect(started).toHaveLength(5);
    for (const result of results) {
      if (result.status === 'rejected') {
        expect(result.reason).toBeInstanceOf(Refused);
      }
    }
    expect(await desk.jobs.list(ada)).toHaveLength(5);
  });

  test('says what to do, and does not hold for others', async () => {
    await startAll(5);
    await expect(desk.jobs.start(request, ada)).rejects.toThrow(
      'You have 5 diagnoses running, which is the most at a time; wait until one ends or cancel one.',
    );
    const cleo = { ...ada, user: `${ada.user}-cleo` };
    expect(await desk.jobs.start(request, cleo)).toMatchObject({ status: 'working' });
  });

  test('counts a job no longer when it is cancelled, or has ended without anybody looking', async () => {
    await startAll(5);
    const [first, second] = await desk.jobs.list(ada);
    await desk.jobs.cancel(first?.id ?? '', ada);
    expect(await desk.jobs.start(request, ada)).toMatchObject({ status: 'working' });
    await desk.engine.advance(second?.id ?? '');
    expect(await desk.jobs.start(request, ada)).toMatchObject({ status: 'working' });
    await expect(desk.jobs.start(request, ada)).rejects.toThrow(Refused);
  });
});
