import { expect, test } from 'vitest';
import { freshTenant, testDataStorage } from '../support/azurite.ts';
import { startFakeOpenAi } from '../support/fake-openai.ts';
import { npmRun } from '../support/run.ts';

const seed = (args: readonly string[], dataStorage = testDataStorage(), env: Record<string, string> = {}) =>
  npmRun('seed', args, { DATA_STORAGE: dataStorage, ...env });

const day = ['--as-of', '2026-01-15'];

test('loads a tenant, then finds it there, then refuses to replace it', async () => {
  const tenant = ['--tenant', freshTenant()];
  const model = await startFakeOpenAi();

  const first = await seed([...tenant, ...day], undefined, {
    OPENAI_BASE_URL: `${model.url}/v1`,
    OPENAI_CHAT_MODEL: 'chat',
    OPENAI_EMBEDDING_MODEL: 'words',
  });
  await model.stop();
  expect(first).toMatchObject({ code: 0, errors: '' });
  expect(first.output).toContain('vectors of 17 documents stored');
  expect(first.output).toMatch(/ 100 % \((\d+) of \1 rows\)\n/);
  expect(first.output).toContain('loaded 259 customers as of 2026-01-15, seed 42.');

  const again = await seed([...tenant, ...day]);
  expect(again.code).toBe(0);
  expect(again.output).toContain('nothing to do');
  expect(again.output).not.toContain('vectors');

  const other = await seed([...tenant, '--as-of', '2026-01-16']);
  expect(other.code).toBe(1);
  expect(other.errors).toMatch(/^Tenant \w+ holds the data of another date, seed or version; add --force/);

  const unasked = await seed([...tenant, '--as-of', '2026-01-16', '--force']);
  expect(unasked.code).toBe(2);
  expect(unasked.errors).toContain('add --yes');

  const forced = await seed([...tenant, '--as-of', '2026-01-16', '--force', '--yes']);
  expect(forced).toMatchObject({ code: 0, errors: '' });
}, 240_000);

test('--help says what there is', async () => {
  const { code, output } = await seed(['--help']);
  expect(code).toBe(0);
  expect(output).toContain('--as-of');
});

test.each([
  ['an unknown option', ['--colour'], 2, /^Unknown option '--colour'/],
  ['a day that does not exist', ['--as-of', '2026-02-30'], 2, /^--as-of must be a day/],
  ['a storage that is none', ['--storage', 'nowhere'], 1, /^--storage must be a connection string/],
])('%s ends in one message', async (_case, args, code, message) => {
  const outcome = await seed(args);
  expect(outcome.code).toBe(code);
  expect(outcome.errors).toMatch(message);
  expect(outcome.errors).not.toContain('    at ');
});

test('a storage that does not answer ends in one message', async () => {
  const nobody = testDataStorage().replace(/127\.0\.0\.1:\d+/, '127.0.0.1:1');
  const { code, errors } = await seed(day, nobody);
  expect(code).toBe(1);
  expect(errors).not.toBe('');
  expect(errors).not.toMatch(/ {4}at |AccountKey/);
});

test('says what is wrong with the settings of a model before anything is written', async () => {
  const { code, errors, output } = await seed(['--tenant', freshTenant(), ...day], undefined, {
    OPENAI_BASE_URL: 'here',
  });
  expect(code).toBe(1);
  expect(errors).toMatch(/^OPENAI_BASE_URL is "here"/);
  expect(output).not.toContain('rows');
});

test('says what the server of the embedding model refused', async () => {
  const model = await startFakeOpenAi();
  model.answerEmbeddings({ status: 400, raw: { error: { message: 'No.', code: 'unknown_model' } } });
  const { code, errors } = await seed(['--tenant', freshTenant(), ...day], undefined, {
    OPENAI_BASE_URL: model.baseUrl,
    OPENAI_CHAT_MODEL: 'chat',
    OPENAI_EMBEDDING_MODEL: 'words',
  });
  await model.stop();
  expect(code).toBe(1);
  expect(errors).toMatch(/"language model failed".*"status":400.*"code":"unknown_model"/);
  expect(errors).toContain('cannot be used with these settings');
}, 240_000);
