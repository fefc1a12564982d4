import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Judged } from '#doctor/checks/index';
import { startFakeOpenAi } from '../../support/fake-openai.ts';
import type { FakeOpenAi } from '../../support/fake-openai-server.ts';
import { runEntry } from '../../support/run.ts';
import { answerText } from '../../unit/experts/answers.ts';

let model: FakeOpenAi;
let dir: string;
beforeEach(async () => {
  model = await startFakeOpenAi();
  dir = await mkdtemp(path.join(tmpdir(), 'doctor-'));
});
afterEach(async () => {
  await model.stop();
  await rm(dir, { recursive: true });
});

/** What the doctor says of the model with these settings. */
async function judged(change: Readonly<Record<string, string>> = {}, args: readonly string[] = []) {
  const file = path.join(dir, 'settings.json');
  const Values = { OPENAI_BASE_URL: model.baseUrl, OPENAI_CHAT_MODEL: 'a-model', ...change };
  await writeFile(file, JSON.stringify({ Values }));
  const { output } = await runEntry('doctor/cli.ts', ['--json', '--settings', file, ...args]);
  return (JSON.parse(output) as Judged[]).find(({ id }) => id === 'agentic.model-answers');
}

const asked = { calls: [{ name: 'get_billing_summary', arguments: { customer_id: 1 } }] };

it('asks one question in two turns, the second without tools, and has texts embedded', async () => {
  model.plan(asked, { text: answerText() });
  expect(await judged({ OPENAI_EMBEDDING_MODEL: 'vectors' })).toMatchObject({
    status: 'pass',
    reason: 'fake-model-2026 answered in 2 turns, and texts were embedded.',
  });
  const [first, second] = model.chats();
  expect(first?.tools?.map(({ function: { name } }) => name)).toContain('pay_invoice');
  expect(first).not.toHaveProperty('tool_choice');
  expect(second?.tool_choice).toBe('none');
  expect(model.requests.map(({ path: at }) => at)).toEqual([
    '/v1/chat/completions',
    '/v1/chat/completions',
    '/v1/embeddings',
  ]);
});

it('names what the server refuses and is left out for it', async () => {
  model.refuse((body) =>
    'max_completion_tokens' in body
      ? {
          status: 400,
          raw: { error: { message: 'Unrecognized request argument supplied: max_completion_tokens' } },
        }
      : undefined,
  );
  model.plan(asked, { text: answerText() });
  expect(await judged()).toMatchObject({
    status: 'pass',
    reason: expect.stringMatching(/its server refuses max_completion_tokens, which is left out/),
  });
});

it('fails with what the server refused', async () => {
  const message = '"auto" tool choice requires --enable-auto-tool-choice';
  model.plan({ status: 400, raw: { object: 'error', message, type: 'BadRequestError', code: 400 } });
  expect(await judged()).toMatchObject({
    status: 'fail',
    reason:
      'The language model cannot be used with these settings; ask the operator to check them. (operation chat, status 400, code 400, type BadRequestError)',
  });
});

it('fails where the last turn is refused, which people would meet later', async () => {
  model.refuse((body) =>
    body.messages.some(({ role }) => role === 'tool')
      ? { status: 400, raw: { error: { message: 'The role tool is unknown.', code: 'bad_role' } } }
      : undefined,
  );
  model.plan(asked);
  expect(await judged()).toMatchObject({ status: 'fail', reason: expect.stringContaining('code bad_role') });
});

it('names the API over which a model that reasons uses tools', async () => {
  const message =
    'Function tools with reasoning_effort are not supported for a-model in /v1/chat/completions. To use function tools, use /v1/responses.';
  model.refuse(() => ({ status: 400, raw: { error: { message, param: 'reasoning_effort', code: null } } }));
  const reason = 'This model uses tools with MODEL_API=responses.';
  expect(await judged()).toMatchObject({ status: 'fail', reason: expect.stringContaining(reason) });
});

it('fails where texts cannot be embedded', async () => {
  model.plan(asked, { text: answerText() });
  model.answerEmbeddings({ raw: '<html>Sign in</html>', type: 'text/html' });
  expect(await judged({ OPENAI_EMBEDDING_MODEL: 'vectors' })).toMatchObject({
    status: 'fail',
    reason: expect.stringContaining('(operation embeddings, code no_vectors)'),
  });
});

it('asks nothing where that is not wanted', async () => {
  expect(await judged({}, ['--no-model'])).toMatchObject({ status: 'skipped' });
  expect(model.requests).toEqual([]);
});

it('tries the second model and those of tenants as well, each by its own name', async () => {
  const tenant = (slug: string, own?: string) => ({
    slug,
    tenantIds: [`${slug.length}0000000-0000-4000-8000-000000000000`],
    displayName: slug,
    ...(own !== undefined && { model: own }),
  });
  const TENANTS = JSON.stringify([tenant('acme', 'large'), tenant('umbrella', 'large'), tenant('ox')]);
  const OPENAI_API_KEY = 'a key that nobody prints';
  const trial = [asked, { text: answerText() }];
  model.plan(...trial, { status: 404 }, ...trial);
  const settings = { OPENAI_SECOND_CHAT_MODEL: 'spare', TENANTS, OPENAI_API_KEY };
  const found = await judged({ ...settings, OPENAI_EMBEDDING_MODEL: 'vectors' });
  expect(found).toMatchObject({
    status: 'fail',
    reason: expect.stringMatching(/^The second model, spare: .*\(operation chat, status 404/),
  });
  expect(model.chats().map((chat) => chat.model)).toEqual(['a-model', 'a-model', 'spare', 'large', 'large']);
  model.plan(...trial, ...trial, ...trial);
  expect(await judged(settings)).toMatchObject({
    status: 'pass',
    reason: expect.stringMatching(/The second model, spare: .* large, the model of acme, umbrella: /),
  });
  expect(JSON.stringify(found)).not.toContain(OPENAI_API_KEY);
});
