import { expect, test, vi } from 'vitest';
import type { JobState } from '#platform/jobs/job';
import type { StoredJob } from '#platform/jobs/job-store';
import { jobWatches } from '#platform/jobs/job-watches';
import { bareDiagnosis } from './replaying-engine.ts';

const interval = { least: 1, most: 2 };
const forever = new AbortController().signal;

function stored(id: string, fields: Partial<StoredJob['record']> = {}): StoredJob {
  return {
    owner: 'owner',
    id,
    etag: '',
    record: {
      kind: bareDiagnosis.name,
      status: 'working',
      progress: 0,
      message: '',
      createdAt: '2026-03-15T12:00:00.000Z',
      updatedAt: '2026-03-15T12:00:00.000Z',
      expiresAt: '2026-03-16T12:00:00.000Z',
      slot: 0,
      request: {},
      result: null,
      key: null,
      ...fields,
    },
  };
}

async function statuses(states: AsyncIterable<JobState>): Promise<string[]> {
  const seen: string[] = [];
  for await (const { status } of states) {
    seen.push(status);
  }
  return seen;
}

test('all who watch a job in one process share the looking', async () => {
  let answer = (_job: StoredJob) => {};
  const look = vi.fn(() => new Promise<StoredJob>((resolve) => (answer = resolve)));
  const { follow } = jobWatches(bareDiagnosis, look, interval);
  const watching = Array.from({ length: 20 }, () =>
    statuses(follow(stored('job'), new AbortController().signal)),
  );
  expect(look).toHaveBeenCalledTimes(1);
  answer(stored('job'));
  await vi.waitFor(() => expect(look).toHaveBeenCalledTimes(2), { timeout: 50_000 });
  answer(stored('job', { status: 'failed' }));
  expect(await Promise.all(watching)).toEqual(Array(20).fill(['working', 'failed']));
  expect(look).toHaveBeenCalledTimes(2);
});

test('the looking goes on while one watches, and stops with the last one', async () => {
  const looks = new Map<string, number>();
  const look = async (job: StoredJob) => {
    looks.set(job.id, (looks.get(job.id) ?? 0) + 1);
    return job;
  };
  const { follow } = jobWatches(bareDiagnosis, look, interval);
  const one = new AbortController();
  const other = new AbortController();
  const watching = [one, other].map(({ signal }) => statuses(follow(stored('job'), signal)));
  const more = async (id: string) => {
    const before = looks.get(id) ?? 0;
    await vi.waitFor(() => expect(looks.get(id)).toBeGreaterThan(before + 5), { timeout: 50_000 });
  };
  await more('job');
  one.abort();
  await watching[0];
  await more('job');
  other.abort();
  await watching[1];
  const after = looks.get('job');
  const second = new AbortController();
  const elsewhere = statuses(follow(stored('another'), second.signal));
  await more('another');
  second.abort();
  await elsewhere;
  expect(looks.get('job')).toBe(after);
});

test('who watches again after everybody left gets the job as it is then', async () => {
  let current = stored('job');
  const { follow } = jobWatches(bareDiagnosis, async () => current, interval);
  const first = follow(stored('job'), forever);
  expect((await first.next()).value).toMatchObject({ status: 'working' });
  await first.return();
  current = stored('job', { status: 'failed' });
  expect(await statuses(follow(stored('job'), forever))).toEqual(['failed']);
});

test('ends quietly when the job is removed', async () => {
  const { follow } = jobWatches(bareDiagnosis, async () => undefined, interval);
  expect(await statuses(follow(stored('job'), forever))).toEqual([]);
});

test('a failed look is repeated, ten in a row are told', async () => {
  let failures = 9;
  const look = vi.fn(async (job: StoredJob) => {
    failures -= 1;
    if (failures >= 0) {
      throw new Error('down');
    }
    return stored(job.id, { status: 'failed' });
  });
  const { follow } = jobWatches(bareDiagnosis, look, interval);
  expect(await statuses(follow(stored('job'), forever))).toEqual(['failed']);
  failures = 10;
  await expect(statuses(follow(stored('other'), forever))).rejects.toThrow('down');
});
