import { expect, test } from 'vitest';
import type { JobState } from '#platform/jobs/job';
import { JobFeed } from '#platform/jobs/job-feed';

const forever = new AbortController().signal;

function state(progress: number, status: JobState['status'] = 'working'): JobState {
  return {
    id: 'job',
    status,
    progress,
    message: '',
    createdAt: '2026-03-15T12:00:00.000Z',
    updatedAt: '2026-03-15T12:00:00.000Z',
    ttlMs: 1,
    pollIntervalMs: 1,
  };
}

async function collect(feed: JobFeed, signal = forever): Promise<number[]> {
  const seen: number[] = [];
  for await (const { progress } of feed.read(signal)) {
    seen.push(progress);
  }
  return seen;
}

test('every reader gets every state, also those that come while it is busy', async () => {
  const feed = new JobFeed();
  const readers = [collect(feed), collect(feed)];
  for (const progress of [1, 2, 3]) {
    feed.push(state(progress));
  }
  feed.push(state(100, 'completed'));
  feed.end();
  expect(await Promise.all(readers)).toEqual([
    [1, 2, 3, 100],
    [1, 2, 3, 100],
  ]);
});

test('who comes late gets the latest state, after the end too', async () => {
  const feed = new JobFeed();
  feed.push(state(1));
  feed.push(state(2));
  const late = collect(feed);
  feed.push(state(100, 'completed'));
  feed.end();
  expect(await late).toEqual([2, 100]);
  expect(await collect(feed)).toEqual([100]);
});

test('a state that tells nothing new is not passed on', async () => {
  const feed = new JobFeed();
  expect([feed.push(state(1)), feed.push(state(1)), feed.push(state(1, 'cancelled'))]).toEqual([
    true,
    false,
    true,
  ]);
});

test('readers stop when their signal aborts, and leave nothing behind', async () => {
  const feed = new JobFeed();
  const controller = new AbortController();
  const reader = collect(feed, controller.signal);
  feed.push(state(1));
  controller.abort();
  await reader;
  expect(await collect(feed, AbortSignal.abort())).toEqual([]);
});

test('a failure comes after what was seen', async () => {
  const feed = new JobFeed();
  feed.push(state(1));
  feed.end(new Error('gone'));
  const seen: number[] = [];
  await expect(async () => {
    for await (const { progress } of feed.read(forever)) {
      seen.push(progress);
    }
  }).rejects.toThrow('gone');
  expect(seen).toEqual([1]);
});
