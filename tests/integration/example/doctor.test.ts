import { afterAll, beforeAll, expect, it } from 'vitest';
import { collectLive } from '#doctor/collect/live';
import { collectModel } from '#doctor/collect/models';
import { lendingLibrary } from '#examples/library/business';
import { startFakeOpenAi } from '../../support/fake-openai.ts';
import { answerText } from '../../unit/experts/answers.ts';
import { type LibraryService, startLibrary, tokenOf } from './library-service.ts';

let library: LibraryService;
beforeAll(async () => {
  library = await startLibrary();
});
afterAll(() => library?.close());

const noLongJob = { rolelessToken: undefined, longJob: false, idleMinutes: 0 };

it('the doctor finds its call of another business in the audit trail', async () => {
  const options = { ...noLongJob, url: library.tools, token: tokenOf('reader') };
  const { audited, tools } = await collectLive(options, { value: library.environment }, lendingLibrary.trial);
  expect(tools).toMatchObject({ value: [{ name: 'find_books' }] });
  expect(audited).toEqual({ value: true });
});

it('the doctor has a model tried with the experts and tools of another business', async () => {
  const model = await startFakeOpenAi();
  const called = { calls: [{ name: 'find_books', arguments: { text: 'Walden' } }] };
  model.plan(called, { text: answerText() });
  const environment = { value: { OPENAI_BASE_URL: model.baseUrl, OPENAI_CHAT_MODEL: 'a-model' } };
  expect(await collectModel(lendingLibrary, environment, true)).toMatchObject({
    value: { turns: 2, calledTool: true, answered: true },
  });
  const [first, second] = model.chats();
  expect(first?.tools?.map(({ function: { name } }) => name)).toEqual(['find_books', 'lend_book']);
  expect(JSON.stringify(second?.messages)).toContain('"shelf\\":\\"A1');
  await model.stop();
});

it('a business that does not say what may be tried has nothing tried', async () => {
  const { trial: _, ...silent } = lendingLibrary;
  const environment = { value: { OPENAI_BASE_URL: 'http://127.0.0.1:1/v1', OPENAI_CHAT_MODEL: 'a-model' } };
  expect(await collectModel(silent, environment, true)).toEqual({
    missing: 'The business does not say what a model may be asked: see its trial.',
  });
  const options = { ...noLongJob, url: library.tools, token: tokenOf('reader'), longJob: true };
  const { audited, longJob } = await collectLive(options, { value: library.environment });
  expect([audited, longJob]).toEqual([
    { missing: expect.stringContaining('may be tried') },
    { missing: expect.stringContaining('may be tried') },
  ]);
});

it('the doctor connects before it asks anything else, and waits before that when it is told to', async () => {
  const waited: number[] = [];
  const options = { ...noLongJob, url: library.tools, token: tokenOf('reader'), idleMinutes: 60 };
  const { firstConnect } = await collectLive(options, { value: library.environment }, {}, async (minutes) => {
    waited.push(minutes);
  });
  expect(waited).toEqual([60]);
  expect(firstConnect).toEqual({ value: { idleMinutes: 60, milliseconds: expect.any(Number) } });
});
