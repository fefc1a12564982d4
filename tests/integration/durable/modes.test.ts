import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { runHostToExit } from '../../support/host-process.ts';
import { type DurableHost, startDurableHost } from './durable-host.ts';

const FIXTURE = path.join(import.meta.dirname, 'fixtures/jobs');
const SETTING = 'AzureFunctionsJobHost__extensions__durableTask__';

let host: DurableHost | undefined;
afterEach(async () => {
  await host?.stop();
  host = undefined;
});

test('--strict leaves an instance running where Azure does, and says so', async () => {
  host = await startDurableHost({ args: ['--strict'] });
  const { id } = await host.start('unknownActivity');
  await host.waitForOutput(
    /The orchestrator 'unknownActivity' will never go on: The function 'nobody' doesn't/,
  );
  // the line is written before what the turn did is stored
  const started = host;
  await expect.poll(async () => (await started.status(id)).runtimeStatus).toBe('Running');
});

test('without storage everything works in memory, after one warning', async () => {
  host = await startDurableHost({ env: { AzureWebJobsStorage: '' } });
  expect((await host.run('fanOut', { input: { width: 3 } })).output).toEqual({
    all: [0, 1, 2],
    tail: 'tail',
  });
  const { instanceId } = await host.run('steps', { input: { name: 'a' } });
  expect(await host.client('getStatusAll')).toHaveLength(2);
  expect(await host.client('purgeInstanceHistory', instanceId)).toEqual({ instancesDeleted: 1 });
  expect(host.output().match(/orchestrations are kept in memory/g)).toHaveLength(1);
});

test('with keys the webhooks want one, the addresses carry it, and the app itself needs none', async () => {
  host = await startDurableHost({ args: ['--enable-auth', '--key', 'function', '--master-key', 'master'] });
  expect((await host.webhook('instances')).status).toBe(401);
  expect((await host.webhook('instances?code=wrong')).status).toBe(401);
  const { id, statusQueryGetUri } = await host.start('steps', { input: { name: 'a' } });
  expect((await host.until(id)).runtimeStatus).toBe('Completed');
  expect((await fetch(statusQueryGetUri)).status).toBe(200);
  expect((await host.webhook('instances?code=master')).status).toBe(200);
});

test('what the log says has the shape of the extension', async () => {
  host = await startDurableHost();
  await host.run('steps', { instanceId: 'one', input: { name: 'a' } });
  await host.waitForOutput(
    /one: Function 'steps \(Orchestrator\)' completed\. State: Completed\. HubName: Hub/,
  );
  expect(host.output()).toMatch(/one: Function 'steps \(Orchestrator\)' scheduled\. Reason: NewInstance\./);
  expect(host.output()).toMatch(/Executing 'Functions\.echo' \(Reason='\(null\)', Id=/);
});

describe('the host does not start, and says why,', () => {
  test.each([
    [
      'a hub name with a dash',
      { [`${SETTING}hubName`]: 'my-hub' },
      /hubName" in host\.json is "my-hub", and must have/,
    ],
    [
      'no concurrency',
      { [`${SETTING}maxConcurrentActivityFunctions`]: '0' },
      /must be a whole number from 1/,
    ],
    [
      'queues whose messages are seen again too soon',
      { [`${SETTING}storageProvider__controlQueueVisibilityTimeout`]: '00:00:30' },
      /controlQueueVisibilityTimeout" in host\.json is "00:00:30", and must be from "00:01:00"/,
    ],
    [
      'storage that is no connection string',
      { AzureWebJobsStorage: 'nonsense' },
      /cannot be used \(AzureWebJobsStorage\): AzureWebJobsStorage must be a connection string/,
    ],
  ])('with %s', async (_what, env, message) => {
    const { code, output } = await runHostToExit(FIXTURE, { env });
    expect(code).toBe(1);
    expect(output).toMatch(message);
    expect(output).not.toMatch(/^\s+at /m);
  });

  test('with storage that does not answer', async () => {
    const { code, output } = await runHostToExit(FIXTURE, {
      env: { AzureWebJobsStorage: await deadStorage() },
    });
    expect(code).toBe(1);
    expect(output).toMatch(/cannot be used \(AzureWebJobsStorage\): Storage does not answer/);
  });
});

/** A connection string for a port on which nobody listens. */
async function deadStorage(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  const key = Buffer.from('key').toString('base64');
  return `DefaultEndpointsProtocol=http;AccountName=a;AccountKey=${key};TableEndpoint=http://127.0.0.1:${port}/a;`;
}
