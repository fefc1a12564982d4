import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { accessToken, callerOf } from '../../scripts/client/access.ts';
import { connect } from '../../scripts/client/connect.ts';
import { endOf } from '../../scripts/lib/child-process.ts';
import { projectDir } from '../../scripts/lib/project-dir.ts';
import { startFakeOpenAi } from '../support/fake-openai.ts';
import type { FakeOpenAi } from '../support/fake-openai-server.ts';
import { plainToolCall } from '../support/plain-tool-call.ts';

/** The stack as somebody starts it in a terminal, whose Ctrl+C reaches every process at once. */
let stack: ChildProcess;
let url: string;
/** A language model that never answers. */
let model: FakeOpenAi;

const script = `
import { startStack } from './emulators/stack/stack.ts';
const silent = { step() {}, progress() {}, done() {} };
const stack = await startStack({
  port: 0, ephemeral: true, pooled: true, dataStorage: undefined, report: silent, onHostLine() {},
  settings: JSON.parse(process.env.SETTINGS),
});
process.once('SIGINT', async () => {
  await stack.stop();
  process.exit(0);
});
console.log(stack.tenants.contoso.agentic);
`;

beforeAll(async () => {
  model = await startFakeOpenAi({ hang: 'headers' }, { hang: 'headers' });
  const settings = { OPENAI_BASE_URL: model.baseUrl, OPENAI_API_KEY: 'any', OPENAI_CHAT_MODEL: 'any' };
  stack = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', script], {
    cwd: projectDir,
    env: { ...process.env, SETTINGS: JSON.stringify(settings) },
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (stack.stdout === null) {
    throw new Error('The stack has no output.');
  }
  [url] = (await once(createInterface(stack.stdout), 'line')) as [string];
}, 240_000);

afterAll(async () => {
  if (stack.exitCode === null && stack.pid !== undefined) {
    process.kill(-stack.pid, 'SIGKILL');
  }
  await model?.stop();
});

/** How a question to an expert ends for whoever asked it with the official client. */
async function question(options: { onprogress?: () => void }): Promise<unknown> {
  const token = await accessToken(url, callerOf({ user: 'quinn@contoso' }));
  const client = await connect({ url, token });
  const call = { name: 'ask_billing_expert', arguments: { question: 'What does customer 251 owe?' } };
  return client.callTool(call, options).catch((error: unknown) => error);
}

it('ends every open call at Ctrl+C with a word on how to go on, through the gateway', async () => {
  const questions = [question({}), question({ onprogress: () => {} })];
  await expect.poll(() => model.chats().length).toBe(2);
  const response = await plainToolCall({
    url,
    token: await accessToken(url, callerOf({ user: 'quinn@contoso' })),
    name: 'trouble_shoot_device',
    arguments: { detail: 'Slow in the evening.', device_name: 'router-7', idempotency_key: 'call 1' },
    progressToken: 'token',
  });
  const stream = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  for (let part = await stream?.read(); part?.done === false; part = await stream?.read()) {
    if (text === '') {
      process.kill(-(stack.pid ?? 0), 'SIGINT');
    }
    text += part.value;
  }
  expect(text).toMatch(/For the result of task [\w-]+, call trouble_shoot_device again/);
  expect(text).toContain('the same idempotency_key');
  for (const ended of await Promise.all(questions)) {
    expect(String(ended)).toContain('The service is stopping, and this call is not finished. Send it again');
  }
  expect(await endOf(stack)).toBe(0);
}, 240_000);
