import { afterAll, beforeAll, expect, it } from 'vitest';
import { freshTenant, testDataStorage } from '../support/azurite.ts';
import { plainToolCall } from '../support/plain-tool-call.ts';
import { type Service, startService, tokenFor } from '../support/service.ts';

/** The built service on a local host that ends as the real one: the app is told when its streams have been cut. */
let service: Service;

beforeAll(async () => {
  service = await startService({
    options: ['--strict', '--drain', '60'],
    env: {
      AzureWebJobsStorage: testDataStorage(),
      AzureFunctionsJobHost__extensions__durableTask__hubName: `Drain${freshTenant()}`.replace(/\W/g, ''),
      TROUBLESHOOT_SECONDS: '180',
    },
  });
});

afterAll(async () => {
  await service?.host.kill();
});

it('a stream ends itself with the id of its task before the host cuts it', async () => {
  const response = await plainToolCall({
    url: new URL(`${service.host.origin}/agentic/mcp`),
    token: tokenFor(service.tenants[0], ['query']),
    name: 'trouble_shoot_device',
    arguments: { detail: 'Slow in the evening.', device_name: 'router-1' },
    progressToken: 'token',
  });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  let signalled = false;
  for (let part = await reader?.read(); part?.done === false; part = await reader?.read()) {
    text += part.value;
    if (!signalled && text.includes('notifications/progress')) {
      signalled = true;
      process.kill(service.host.pid, 'SIGTERM');
    }
  }
  expect(text).toMatch(/For the result of task [\w-]+, call trouble_shoot_device again/);
  expect(await service.host.ended).toBe(0);
  const lines = service.host.lines.join('\n');
  expect(lines).toContain('"message":"host stopping"');
});
