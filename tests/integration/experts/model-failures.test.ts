import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Door, doorOf } from '../../security/door.ts';
import { startTarget, type Target } from '../../security/target.ts';
import { startFakeOpenAi } from '../../support/fake-openai.ts';
import type { FakeOpenAi } from '../../support/fake-openai-server.ts';
import type { RawStep } from '../../support/openai-messages.ts';
import { secret } from './models.ts';

let model: FakeOpenAi;
let target: Target;
let agentic: Door;

beforeAll(async () => {
  model = await startFakeOpenAi();
  const env = { OPENAI_BASE_URL: model.baseUrl, OPENAI_CHAT_MODEL: 'a-model' };
  target = await startTarget({ env });
  agentic = doorOf({ ...target.app, mcp: target.app.agentic });
});
afterAll(async () => {
  await target?.stop();
  await model?.stop();
});

const failures: readonly (readonly [string, RawStep, RegExp])[] = [
  ['a page', { raw: '<html>Sign in</html>', type: 'text/html' }, /cannot be used with these settings/],
  ['choices: null', { raw: { choices: null } }, /cannot be used with these settings/],
  ['a refusal', { status: 400, raw: { error: { message: secret } } }, /cannot be used with these settings/],
  ['an error with status 200', { raw: { error: { message: secret } } }, /cannot be used with these settings/],
  ['422 in a form of its own', { status: 422, raw: { detail: [{ msg: secret }] } }, /cannot be used with/],
  ['a wrong key', { status: 401, raw: {} }, /refuses this service; ask the operator/],
  ['too long', { status: 413, raw: '' }, /too long for the language model/],
  ['used up', { status: 402, raw: {} }, /quota of the language model is used up; ask the operator/],
];

describe('a person who asks an expert reads what to do', () => {
  it.each(failures)('%s', async (_what, step, sentence) => {
    model.plan(step);
    const token = target.authority.mint(target.tenants[0].tid);
    const { message } = await agentic.callTool(token, 'ask_billing_expert', { question: secret });
    const text = message.result?.content?.[0]?.text ?? '';
    expect(message.result?.isError).toBe(true);
    expect(text).toMatch(sentence);
    expect(text).not.toMatch(/Internal error|TypeError|SyntaxError|Samarkand/);
  });

  it('and the operator what was refused, each time and without what was said', () => {
    const lines = target.logLines.filter((line) => line.includes('"language model failed"'));
    expect(lines).toHaveLength(failures.length);
    expect(target.logLines.join('\n')).not.toContain('Samarkand');
  });
});
