import { describe, expect, test, vi } from 'vitest';
import { Refused } from '#platform/errors';
import { request } from './job-desk.ts';
import { useJobDesk } from './use-job-desk.ts';

const its = useJobDesk();

describe('cancelling', () => {
  test('ends the job, and doing it again changes nothing', async () => {
    const { id } = await its.desk.jobs.start(request, its.ada);
    await its.desk.engine.advance(id, 3);
    const cancelled = await its.desk.jobs.cancel(id, its.ada);
    expect(cancelled).toMatchObject({ status: 'cancelled', progress: 17 });
    expect(its.desk.engine.instances.get(id)?.runtimeStatus).toBe('Terminated');
    its.desk.clock.now = new Date(its.desk.clock.now.getTime() + 1000);
    expect(await its.desk.jobs.cancel(id, its.ada)).toEqual(cancelled);
    expect(await its.desk.another().get(id, its.ada)).toEqual(cancelled);
  });

  test('is on record although the engine does not hear of it', async () => {
    const { id } = await its.desk.jobs.start(request, its.ada);
    const terminate = vi.spyOn(its.desk.engine, 'terminate').mockRejectedValueOnce(new Error('down'));
    await expect(its.desk.jobs.cancel(id, its.ada)).rejects.toThrow('down');
    await its.desk.engine.advance(id);
    expect(await its.desk.jobs.get(id, its.ada)).toMatchObject({ status: 'cancelled' });
    await its.desk.jobs.cancel(id, its.ada);
    expect(terminate).toHaveBeenCalledTimes(2);
    terminate.mockRestore();
  });

  test('does not change how a job ended', async () => {
    const { id } = await its.desk.jobs.start(request, its.ada);
    await its.desk.engine.advance(id);
    expect(await its.desk.jobs.cancel(id, its.ada)).toMatchObject({ status: 'completed' });
    expect(await its.desk.jobs.get(id, its.ada)).toMatchObject({ status: 'completed' });
  });

  test('by many at the same time, while others look, ends one way for all', async () => {
    const { id } = await its.desk.jobs.start(request, its.ada);
    const calls = Array.from({ length: 6 }, (_, index) =>
      index % 2 === 0 ? its.desk.another().cancel(id, its.ada) : its.desk.another().get(id, its.ada),
    );
    await its.desk.engine.advance(id);
    await Promise.all(calls);
    const [one, other] = [await its.desk.jobs.get(id, its.ada), await its.desk.another().cancel(id, its.ada)];
    expect(one?.status).not.toBe('working');
    expect(other).toEqual(one);
  });
});

describe('the bound on running jobs', () => {
  const startAll = (count: number) =>
    Promise.allSettled(Array.from({ length: count }, () => its.desk.another().start(request, its.ada)));

  test('holds for any number of instances at the same time', async () => {
    const results = await startAll(20);
    const started = results.filter(({ status }) => status === 'fulfilled');
    expect(started).toHaveLength(5);
    for (const result of results) {
      if (result.status === 'rejected') {
        expect(result.reason).toBeInstanceOf(Refused);
      }
    }
    expect(await its.desk.jobs.list(its.ada)).toHaveLength(5);
  });

  test('says what to do, and does not hold for others', async () => {
    await startAll(5);
    await expect(its.desk.jobs.start(request, its.ada)).rejects.toThrow(
      'You have 5 diagnoses running, which is the most at a time; wait until one ends or cancel one.',
    );
    const cleo = { ...its.ada, user: `${its.ada.user}-cleo` };
    expect(await its.desk.jobs.start(request, cleo)).toMatchObject({ status: 'working' });
  });

  test('counts a job no longer when it is cancelled, or has ended without anybody looking', async () => {
    await startAll(5);
    const [first, second] = await its.desk.jobs.list(its.ada);
    await its.desk.jobs.cancel(first?.id ?? '', its.ada);
    expect(await its.desk.jobs.start(request, its.ada)).toMatchObject({ status: 'working' });
    await its.desk.engine.advance(second?.id ?? '');
    expect(await its.desk.jobs.start(request, its.ada)).toMatchObject({ status: 'working' });
    await expect(its.desk.jobs.start(request, its.ada)).rejects.toThrow(Refused);
  });
});
