import { beforeAll, expect, test, vi } from 'vitest';
import { steps } from '#contoso/diagnosis/steps';
import type { JobState } from '#platform/jobs/job';
import { collect, type JobDesk, openJobDesk, request } from './job-desk.ts';

let desk: JobDesk;
beforeAll(async () => {
  desk = await openJobDesk();
});

const forever = new AbortController().signal;
const everything = [...steps.map((_, index) => Math.round(((index + 0.5) / 9) * 100)), 100];

async function startJob(): Promise<string> {
  const running = await desk.jobs.list(desk.ada);
  await Promise.all(running.map(({ id }) => desk.jobs.cancel(id, desk.ada)));
  return (await desk.jobs.start(request, desk.ada)).id;
}

test('tells every change up to the end, and then ends', async () => {
  const id = await startJob();
  const seen: JobState[] = [];
  const watching = collect(desk.jobs.watch(id, desk.ada, forever, 0), seen);
  for (let waits = 0; waits < 6; waits += 1) {
    await desk.engine.advance(id, 1);
    const progress = desk.engine.instances.get(id)?.reports.at(-1)?.progress;
    await vi.waitFor(() => expect(seen.at(-1)?.progress).toBe(progress), { timeout: 50_000 });
  }
  await desk.engine.advance(id);
  await watching;
  expect(seen.map(({ progress }) => progress).filter((progress) => progress > 0)).toEqual(everything);
  expect(seen.at(-1)).toEqual(await desk.jobs.get(id, desk.ada));
  expect(seen.slice(0, -1).every(({ status, result }) => status === 'working' && !result)).toBe(true);
});

test('who looks only at the end misses no milestone, if it says what it knows of', async () => {
  const id = await startJob();
  await desk.engine.advance(id);
  const seen = await collect(desk.jobs.watch(id, desk.ada, forever, 39));
  expect(seen.map(({ progress }) => progress)).toEqual([50, 61, 72, 83, 94, 100]);
  expect(seen[0]?.message).toMatch(/^Step 5 of 9/);
});

test('who says nothing gets the job as it is', async () => {
  const id = await startJob();
  await desk.engine.advance(id);
  const seen = await collect(desk.jobs.watch(id, desk.ada, forever));
  expect(seen.map(({ status }) => status)).toEqual(['completed']);
});

test('a cancelled job does not seem to have gone through all its steps', async () => {
  const id = await startJob();
  await desk.engine.advance(id, 3);
  const seen: JobState[] = [];
  const watching = collect(desk.another().watch(id, desk.ada, forever), seen);
  await vi.waitFor(() => expect(seen).toHaveLength(1), { timeout: 50_000 });
  await desk.jobs.cancel(id, desk.ada);
  await watching;
  expect(seen.map(({ status, progress }) => [status, progress])).toEqual([
    ['working', 17],
    ['cancelled', 17],
  ]);
});
