import { beforeEach, expect, test, vi } from 'vitest';
import { purgeExpired } from '#platform/jobs/purge';
import { type JobDesk, openJobDesk, request } from './job-desk.ts';

let desk: JobDesk;
beforeEach(async () => {
  desk = await openJobDesk();
});

const day = 86_400_000;
const later = (milliseconds: number) => new Date(desk.clock.now.getTime() + milliseconds);
const purge = (now: Date) => purgeExpired(desk.records, desk.engine, desk.events, now);

test('keeps jobs for their time, then removes record and orchestration', async () => {
  const { id } = await desk.jobs.start(request, desk.ada);
  await desk.engine.advance(id);
  await desk.jobs.get(id, desk.ada);
  expect(await purge(later(day - 1))).toEqual({ removed: 0, ended: 0, failed: 0 });
  expect(await desk.jobs.get(id, desk.ada)).toMatchObject({ status: 'completed' });
  expect(await purge(later(day))).toEqual({ removed: 1, ended: 0, failed: 0 });
  expect(await desk.jobs.get(id, desk.ada)).toBeUndefined();
  expect(desk.engine.instances.size).toBe(0);
});

test('removes the jobs of everybody, also those that nobody looked at after their end or that never began', async () => {
  const ended = await desk.jobs.start(request, desk.ada);
  await desk.engine.advance(ended.id);
  const lost = await desk.jobs.start(request, desk.ben);
  await desk.engine.purge(lost.id);
  expect(await purge(later(day))).toEqual({ removed: 2, ended: 0, failed: 0 });
  const endings = desk.logLines
    .map((line) => JSON.parse(line))
    .filter(({ message }) => message === 'job ended');
  expect(endings).toMatchObject([{ status: 'expired' }, { status: 'expired' }]);
  for (const principal of [desk.ada, desk.ben]) {
    expect(await desk.jobs.list(principal)).toEqual([]);
  }
});

test('frees the places of what it removes', async () => {
  const one = desk.another(undefined, { runningPerUser: 1 });
  const { id } = await one.start(request, desk.ada);
  await desk.engine.advance(id);
  await purge(later(day));
  expect(await one.start(request, desk.ada)).toMatchObject({ status: 'working' });
});

test('ends a job that still runs, and removes it the next time', async () => {
  const { id } = await desk.jobs.start(request, desk.ada);
  expect(await purge(later(day))).toEqual({ removed: 0, ended: 1, failed: 0 });
  expect(desk.engine.instances.get(id)?.runtimeStatus).toBe('Terminated');
  expect(await purge(later(day))).toEqual({ removed: 1, ended: 0, failed: 0 });
});

test('goes on after a job that cannot be removed, and takes it the next time', async () => {
  const running = await Promise.all([1, 2, 3].map(() => desk.jobs.start(request, desk.ada)));
  for (const { id } of running) {
    await desk.engine.advance(id);
  }
  const failing = vi.spyOn(desk.engine, 'purge').mockRejectedValueOnce(new Error('down'));
  expect(await purge(later(day))).toEqual({ removed: 2, ended: 0, failed: 1 });
  expect(await purge(later(day))).toEqual({ removed: 1, ended: 0, failed: 0 });
  failing.mockRestore();
});

test('removes more jobs than one page holds', async () => {
  const many = desk.another(undefined, { runningPerUser: 50 });
  const jobs = await Promise.all(Array.from({ length: 45 }, () => many.start(request, desk.ada)));
  for (const { id } of jobs) {
    await desk.engine.purge(id);
  }
  expect(await purge(later(day))).toEqual({ removed: 45, ended: 0, failed: 0 });
  expect(await desk.records.list('')).toEqual([]);
});
