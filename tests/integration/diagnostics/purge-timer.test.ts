import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Service, startService } from '../../support/service.ts';

let service: Service;

beforeAll(async () => {
  service = await startService({ env: { AzureWebJobsStorage: '' } });
});

afterAll(() => service?.stop());

it('the hourly clean-up of the built app runs to its end on the local host', async () => {
  const { origin, lines } = service.host;
  const started = await fetch(`${origin}/admin/functions/purge-jobs`, { method: 'POST' });
  expect(started.status).toBe(202);
  await expect
    .poll(() => lines.join('\n'))
    .toMatch(/Executed 'Functions\.purge-jobs' \((?:Succeeded|Failed)/);
  expect(lines.join('\n')).toMatch(/Executed 'Functions\.purge-jobs' \(Succeeded/);
});
