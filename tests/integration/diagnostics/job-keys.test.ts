import { describe, expect, test } from 'vitest';
import { Conflict } from '#platform/errors';
import { ownerOf } from '#platform/jobs/job-store';
import { request } from './job-desk.ts';
import { useJobDesk } from './use-job-desk.ts';

const its = useJobDesk();

describe('an idempotency key', () => {
  const keyed = { ...request, idempotency_key: 'call 7' };

  test('makes a repeated call join the job, on every instance', async () => {
    const first = await its.desk.jobs.start(keyed, its.ada);
    await its.desk.engine.advance(first.id, 3);
    expect(await its.desk.another().start(keyed, its.ada)).toMatchObject({ id: first.id, progress: 17 });
    expect(await its.desk.jobs.list(its.ada)).toHaveLength(1);
  });

  test('gives the result of a job that has ended', async () => {
    const { id } = await its.desk.jobs.start(keyed, its.ada);
    await its.desk.engine.advance(id);
    expect(await its.desk.jobs.start(keyed, its.ada)).toMatchObject({ id, status: 'completed' });
  });

  test('used by ten at once starts one job', async () => {
    const started = await Promise.all(
      Array.from({ length: 10 }, (_, call) =>
        (call % 2 === 0 ? its.desk.jobs : its.desk.another()).start(keyed, its.ada),
      ),
    );
    expect(new Set(started.map(({ id }) => id)).size).toBe(1);
    expect(await its.desk.jobs.list(its.ada)).toHaveLength(1);
  });

  test('with another request is a conflict, and starts nothing', async () => {
    await its.desk.jobs.start(keyed, its.ada);
    const others = [{ detail: 'slow at night' }, { device_name: 'phone' }, { subscription_id: undefined }];
    for (const other of others) {
      await expect(its.desk.jobs.start({ ...keyed, ...other }, its.ada)).rejects.toThrow(Conflict);
    }
    expect(await its.desk.jobs.list(its.ada)).toHaveLength(1);
  });

  test('may be the id of a job that was started without one', async () => {
    const { id } = await its.desk.jobs.start(request, its.ada);
    expect((await its.desk.another().start({ ...request, idempotency_key: id }, its.ada)).id).toBe(id);
    const other = { ...request, idempotency_key: id, detail: 'something else' };
    await expect(its.desk.jobs.start(other, its.ada)).rejects.toThrow(Conflict);
    const ben = { ...its.ada, user: `${its.ada.user}-ben` };
    expect((await its.desk.jobs.start({ ...request, idempotency_key: id }, ben)).id).not.toBe(id);
  });

  test('of another user is another key', async () => {
    const { id } = await its.desk.jobs.start(keyed, its.ada);
    const ben = { ...its.ada, user: `${its.ada.user} and ben` };
    const other = await its.desk.jobs.start({ ...keyed, detail: 'something else' }, ben);
    expect(other.id).not.toBe(id);
  });

  test('is free again when its job was cancelled or has failed', async () => {
    const first = await its.desk.jobs.start(keyed, its.ada);
    await its.desk.jobs.cancel(first.id, its.ada);
    const second = await its.desk.jobs.start(keyed, its.ada);
    expect(second).toMatchObject({ status: 'working' });
    Object.assign(its.desk.engine.instances.get(second.id) ?? {}, { runtimeStatus: 'Failed' });
    const third = await its.desk.jobs.start({ ...keyed, detail: 'something else' }, its.ada);
    expect(new Set([first.id, second.id, third.id]).size).toBe(3);
  });

  test('takes no place of its own', async () => {
    const one = its.desk.another(its.desk.engine, { runningPerUser: 1 });
    const { id } = await one.start(keyed, its.ada);
    expect((await one.start(keyed, its.ada)).id).toBe(id);
  });

  test('goes with its job, and not with an older one', async () => {
    const owner = ownerOf(its.ada);
    const first = await its.desk.jobs.start(keyed, its.ada);
    await its.desk.jobs.cancel(first.id, its.ada);
    const second = await its.desk.jobs.start(keyed, its.ada);
    const stored = async (id: string) =>
      (await its.desk.records.read(owner, id)) ?? expect.fail('It is gone.');
    const key = (await stored(second.id)).record.key ?? '';
    await its.desk.records.remove(await stored(first.id));
    expect(await its.desk.records.keyUse(owner, key)).toMatchObject({ job: second.id });
    await its.desk.records.remove(await stored(second.id));
    expect(await its.desk.records.keyUse(owner, key)).toBeUndefined();
  });
});
