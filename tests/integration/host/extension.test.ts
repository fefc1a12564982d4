import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ExtensionContext, HostExtension } from '#emulators/host/extension';
import { type RunningHost, startHost } from '#emulators/host/host';
import { type AppFolder, createAppFolder } from './app-folder.ts';

// The host inside this process: only one is possible, so all tests share it.

let context: ExtensionContext;
let stopped = false;
const greeter: HostExtension = {
  name: 'greeter',
  triggers: ['greetingtrigger'],
  inputBindings: ['greetinginput'],
  start: async (given) => {
    context = given;
  },
  inputs: (metadata) =>
    Object.entries(metadata.bindings)
      .filter(([, binding]) => binding.type === 'greetingInput')
      .map(([name]) => ({ name, data: { string: `hello ${metadata.name}` } })),
  handle: async (request, response, url) => {
    response.writeHead(202).end(`${request.method} ${url.pathname}`);
  },
  stop: async () => {
    stopped = true;
  },
};

let app: AppFolder;
let host: RunningHost;
const lines: string[] = [];
beforeAll(async () => {
  app = createAppFolder({
    'host.json': { version: '2.0', extensions: { greeter: { hub: 'H' } } },
    'functions/a.mjs': `import { app, input, output, trigger } from '@azure/functions';
app.generic('greeted', {
  trigger: trigger.generic({ type: 'greetingTrigger', name: 'greeting' }),
  handler: (greeting) => ({ got: greeting }),
});
app.http('ask', {
  extraInputs: [input.generic({ type: 'greetingInput', name: 'hello' })],
  handler: (request, context) => ({ body: context.extraInputs.get('hello') }),
});
app.timer('ticks', {
  schedule: '0 0 0 1 1 *',
  extraInputs: [input.generic({ type: 'greetingInput', name: 'hello' })],
  extraOutputs: [output.storageQueue({ queueName: 'q', connection: 'C' })],
  handler: (timer, context) => context.log('ticked with ' + context.extraInputs.get('hello')),
});
app.generic('greetedAndGreeting', {
  trigger: trigger.generic({ type: 'greetingTrigger', name: 'greeting' }),
  extraInputs: [input.generic({ type: 'greetingInput', name: 'hello' })],
  extraOutputs: [output.storageQueue({ queueName: 'q', connection: 'C' })],
  handler: (greeting, context) => ({ got: greeting, hello: context.extraInputs.get('hello') }),
});
app.http('writes', {
  extraOutputs: [output.storageQueue({ queueName: 'q', connection: 'C' })],
  handler: () => ({ body: 'written' }),
});`,
  });
  host = await startHost({ dir: app.dir, port: 0, extensions: [greeter], sink: (line) => lines.push(line) });
});
afterAll(async () => {
  await host.stop();
  expect(stopped).toBe(true);
  expect(process.env.WEBSITE_HOSTNAME).toBeUndefined();
  app.remove();
});

describe('an extension', () => {
  test('learns where the host is, its own settings and the functions', () => {
    expect(context.origin).toBe(host.url);
    expect(context.settings).toEqual({ hub: 'H' });
    expect(context.functions.map(({ name }) => name)).toEqual([
      'greeted',
      'ask',
      'ticks',
      'greetedAndGreeting',
      'writes',
    ]);
  });

  test('drives the functions with its trigger', async () => {
    const { response } = await context.invoke('greeted', 'Somebody came.', {
      inputData: [{ name: 'greeting', data: { json: '{"from":"Ann"}' } }],
    });
    expect(JSON.parse(response.returnValue?.json ?? '')).toEqual({ got: { from: 'Ann' } });
    expect(
      lines.some((line) => line.includes("Executing 'Functions.greeted' (Reason='Somebody came.'")),
    ).toBe(true);
  });

  test('supplies its input bindings to HTTP functions', async () => {
    expect(await (await fetch(`${host.url}/api/ask`)).text()).toBe('hello ask');
  });

  test('supplies its input bindings to timers', async () => {
    expect((await fetch(`${host.url}/admin/functions/ticks`, { method: 'POST' })).status).toBe(202);
    await expect.poll(() => lines.join('\n')).toContain('ticked with hello ticks');
    expect(lines.join('\n')).not.toMatch(/Executed 'Functions\.ticks' \(Failed/);
  });

  test('supplies its input bindings to the functions that it drives itself', async () => {
    const { response } = await context.invoke('greetedAndGreeting', 'Somebody came.', {
      inputData: [{ name: 'greeting', data: { json: '1' } }],
    });
    expect(JSON.parse(response.returnValue?.json ?? '')).toEqual({
      got: 1,
      hello: 'hello greetedAndGreeting',
    });
  });

  test('answers its webhooks', async () => {
    const response = await fetch(`${host.url}/runtime/webhooks/greeter/a/b`, { method: 'DELETE' });
    expect(response.status).toBe(202);
    expect(await response.text()).toBe('DELETE /runtime/webhooks/greeter/a/b');
  });
});

test.each(['writes', 'ticks', 'greetedAndGreeting'])('an output of %s that nobody takes is named', (name) => {
  expect(lines.join('\n')).toMatch(
    new RegExp(`Function '${name}' has a binding of type queue, .*what is written to it is dropped`),
  );
});

test('a binding that nobody emulates is named at the start, and the function is served', async () => {
  expect(lines.join('\n')).toMatch(
    /Function 'writes' has a binding of type queue, .*what is written to it is dropped/,
  );
  expect(lines.join('\n')).toMatch(
    /Function 'writes' needs an extension, but host\.json has no "extensionBundle"/,
  );
  expect(await (await fetch(`${host.url}/api/writes`)).text()).toBe('written');
});

test('a second host in the same process is refused', async () => {
  await expect(startHost({ dir: app.dir, port: 0 })).rejects.toThrow(
    'A process can hold one functions host only',
  );
});
