import { expect, it, vi } from 'vitest';
import { contoso } from '#contoso/business';
import { offlineModelName } from '#platform/experts/models/offline/offline-model';
import { openModels } from '#platform/experts/models/open-models';
import { filesLoadedWith } from '../sign-in/loaded.ts';
import { patient, request } from './models.ts';

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

it('nor does one without, before somebody asks', async () => {
  const files = await filesLoadedWith({});
  expect(files).toContain('experts/models/open-models.ts');
  expect(files).not.toContain('experts/models/openai-chat.ts');
  expect(files.filter((file) => offline.test(file))).toEqual([]);
});

it('what answers without a language model is loaded once, with the first question', async () => {
  const plans = vi.fn(contoso.offlinePlans);
  const { chat } = await openModels({ kind: 'offline' }, plans);
  expect(plans).not.toHaveBeenCalled();
  const asked = [chat.complete(request, patient), chat.complete(request, patient)];
  expect(await Promise.all(asked)).toMatchObject([{ model: offlineModelName }, { model: offlineModelName }]);
  expect(plans).toHaveBeenCalledOnce();
});
