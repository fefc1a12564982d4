import { expect, it } from 'vitest';
import { filesLoadedWith } from '../sign-in/loaded.ts';

const offline = /experts\/(?:models\/)?offline\//;

it('a service with a language model loads nothing of what answers without one', async () => {
  const files = await filesLoadedWith({ OPENAI_BASE_URL: 'http://127.0.0.1:9/v1', OPENAI_CHAT_MODEL: 'm' });
  expect(files).toContain('experts/models/openai-chat.ts');
  expect(files.filter((file) => offline.test(file))).toEqual([]);
});

it('nor does one that asks over the Responses API, with a second model', async () => {
  const files = await filesLoadedWith({
    ...{ OPENAI_BASE_URL: 'http://127.0.0.1:9/v1', OPENAI_CHAT_MODEL: 'm', OPENAI_SECOND_CHAT_MODEL: 'n' },
    MODEL_API: 'responses',
  });
  expect(files).toContain('experts/models/openai-responses.ts');
  expect(files).not.toContain('experts/models/openai-chat.ts');
  expect(files.filter((file) => offline.test(file))).toEqual([]);
});

it('a service without one loads it', async () => {
  const files = await filesLoadedWith({});
  expect(files).toContain('experts/models/offline/offline-model.ts');
  expect(files).not.toContain('experts/models/openai-chat.ts');
});
