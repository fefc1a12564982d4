import { afterEach, expect, it } from 'vitest';
import { operationsChecks } from '#doctor/checks/operations';
import { watchLongJob } from '#doctor/collect/mcp';
import { goodEvidence } from '../../unit/doctor/evidence.ts';
import { live } from '../../unit/doctor/spoils.ts';
import { type JobServer, startJobServer } from './job-server.ts';

let server: JobServer;

afterEach(() => server.stop());

const started = { tool: 'trouble_shoot_device', arguments: { detail: 'A check.', device_name: 'doctor' } };

const streaming = operationsChecks.find(({ id }) => id === 'operations.streaming-live');

it('a stream that flows passes', async () => {
  server = await startJobServer('streamed');
  const job = await watchLongJob(server.url, 'a.b.c', started, server.now);
  expect(job).toEqual({
    progress: [
      { at: 5_000, value: 1 },
      { at: 10_000, value: 2 },
      { at: 15_000, value: 3 },
    ],
    endedAt: 20_000,
  });
  expect(streaming?.judge(live('longJob', job)(goodEvidence()))).toMatchObject({ status: 'pass' });
});

it('a stream that is held back fails', async () => {
  server = await startJobServer('buffered');
  const job = await watchLongJob(server.url, 'a.b.c', started, server.now);
  expect(job.progress.map(({ at }) => at)).toEqual([20_000, 20_000, 20_000]);
  expect(streaming?.judge(live('longJob', job)(goodEvidence()))).toMatchObject({
    status: 'fail',
    reason: 'The first report came after 20.0 s, together with the result.',
  });
});
