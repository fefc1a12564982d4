import { describe, expect, test } from 'vitest';
import { report } from '#contoso/diagnosis/report';
import { NotFound } from '#platform/errors';
import { countRoundTrips } from '#platform/storage/round-trips';
import { openJobDesk, request } from './job-desk.ts';
import { useJobDesk } from './use-job-desk.ts';

const its = useJobDesk();

const day = 86_400_000;

describe('a new job', () => {
  test('is on record, waits at 0 and says how long it is kept', async () => {
    const job = await its.desk.jobs.start(request, its.ada);
    expect(job).toEqual({
      id: expect.stringMatching(/^[A-Za-z0-9_-]{32}$/),
      status: 'working',
      progress: 0,
      message: 'Waiting to start.',
      createdAt: its.desk.clock.now.toISOString(),
      updatedAt: its.desk.clock.now.toISOString(),
      ttlMs: day,
      pollIntervalMs: 1000,
    });
    expect(await its.desk.jobs.get(job.id, its.ada)).toEqual(job);
  });

  test('costs three round trips to storage at most, and a look at it one', async () => {
    await its.desk.jobs.start(request, its.ada);
    const { result, count } = await countRoundTrips(() => its.desk.jobs.start(request, its.ada));
    expect(count).toBeLessThanOrEqual(3);
    expect((await countRoundTrips(() => its.desk.jobs.get(result.id, its.ada))).count).toBe(1);
  });

  test('does not come to be for an unknown subscription', async () => {
    const starts = its.desk.engine.calls.start;
    await expect(its.desk.jobs.start({ ...request, subscription_id: 99 }, its.ada)).rejects.toThrow(NotFound);
    expect(await its.desk.jobs.list(its.ada)).toEqual([]);
    expect(its.desk.engine.calls.start).toBe(starts);
  });

  test('does not come to be for a caller of another tenant', async () => {
    const other = await openJobDesk();
    await expect(its.desk.jobs.start(request, other.ada)).rejects.toThrow(RangeError);
  });

  test('needs no subscription', async () => {
    const { id } = await its.desk.jobs.start({ device_name: 'router', detail: 'odd' }, its.ada);
    await its.desk.engine.advance(id);
    const { result } = (await its.desk.jobs.get(id, its.ada)) ?? {};
    expect(report.parse(result).findings.map(({ title }) => title)).toContain('About the device alone');
  });
});

describe('a job on its way', () => {
  test('shows the progress of its orchestration, on every instance', async () => {
    const { id } = await its.desk.jobs.start(request, its.ada);
    await its.desk.engine.advance(id, 3);
    const state = await its.desk.another().get(id, its.ada);
    expect(state).toMatchObject({ status: 'working', progress: 17 });
    expect(state?.message).toMatch(/^Step 2 of 9/);
    expect(Date.parse(state?.updatedAt ?? '')).toBeGreaterThan(Date.parse(state?.createdAt ?? ''));
  });

  test('ends with a report, which outlives the orchestration', async () => {
    const { id } = await its.desk.jobs.start(request, its.ada);
    await its.desk.engine.advance(id);
    const ended = await its.desk.jobs.get(id, its.ada);
    expect(ended).toMatchObject({ status: 'completed', progress: 100 });
    expect(report.strict().parse(ended?.result)).toMatchObject({
      device_name: 'router',
      request_detail: 'slow in the evening',
      status: 'attention_needed',
      actions_taken: ['Restarted the management agent of router.'],
    });
    await its.desk.engine.purge(id);
    expect(await its.desk.jobs.get(id, its.ada)).toEqual(ended);
  });

  test('that breaks off has failed, without a reason that is not for callers', async () => {
    const { id } = await its.desk.jobs.start(request, its.ada);
    const instance = its.desk.engine.instances.get(id);
    if (instance) {
      Object.assign(instance, { runtimeStatus: 'Failed', output: 'secret reason' });
    }
    const state = await its.desk.jobs.get(id, its.ada);
    expect(state?.status).toBe('failed');
    expect(JSON.parse(its.desk.logLines.at(-1) ?? '')).toMatchObject({
      ...{ level: 'error', message: 'job ended', job: state?.id, status: 'failed' },
    });
    expect(JSON.stringify(state)).not.toContain('secret');
  });

  test('whose orchestration returns something else has failed', async () => {
    const { id } = await its.desk.jobs.start(request, its.ada);
    const instance = its.desk.engine.instances.get(id);
    if (instance) {
      Object.assign(instance, { runtimeStatus: 'Completed', output: { status: 'fine' } });
    }
    expect(await its.desk.jobs.get(id, its.ada)).toMatchObject({ status: 'failed' });
  });

  test('begins at the next look when the process ended before it could', async () => {
    const down = {
      ...its.desk.engine,
      start: () => Promise.reject(new Error('The process ends here.')),
    } as unknown as typeof its.desk.engine;
    await expect(its.desk.another(down).start(request, its.ada)).rejects.toThrow();
    const [lost] = await its.desk.jobs.list(its.ada);
    const id = lost?.id ?? '';
    expect(its.desk.engine.instances.has(id)).toBe(true);
    await Promise.all([its.desk.jobs.get(id, its.ada), its.desk.another().get(id, its.ada)]);
    await its.desk.engine.advance(id);
    expect(await its.desk.jobs.get(id, its.ada)).toMatchObject({ status: 'completed' });
  });
});
