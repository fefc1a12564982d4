import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Refused, Unavailable } from '#platform/errors';
import { startFakeOpenAi } from '../../support/fake-openai.ts';
import type { FakeOpenAi } from '../../support/fake-openai-server.ts';
import { chatModel, patient, request } from './models.ts';

let service: FakeOpenAi;
beforeEach(async () => {
  service = await startFakeOpenAi();
});
afterEach(() => service.stop());

describe('failures that pass', () => {
  test.each([
    { status: 429, headers: { 'retry-after': '0' } },
    { status: 500, headers: { 'retry-after-ms': '1' } },
    { status: 503, headers: { 'retry-after': '0' } },
  ])('a $status is tried again', async (failure) => {
    service.plan(failure, failure, { text: 'Hello.' });
    await expect(chatModel(service).complete(request, patient)).resolves.toMatchObject({ text: 'Hello.' });
    expect(service.requests).toHaveLength(3);
  });

  test('after three attempts it is given up', async () => {
    const busy = { status: 429, headers: { 'retry-after': '0' } };
    service.plan(busy, busy, busy, { text: 'Hello.' });
    await expect(chatModel(service).complete(request, patient)).rejects.toThrow(
      new Unavailable('The language model is busy; try again in a minute.'),
    );
    expect(service.requests).toHaveLength(3);
  });

  test('a wait that is too long is not waited for', async () => {
    service.plan({ status: 429, headers: { 'retry-after': '3600' } });
    await expect(chatModel(service).complete(request, patient)).rejects.toBeInstanceOf(Unavailable);
    expect(service.requests).toHaveLength(1);
  });

  test.each(['headers', 'body'] as const)(
    'a service that hangs before its %s end is given up',
    async (hang) => {
      service.plan({ hang }, { hang }, { hang });
      // long enough for a busy machine to take the request in
      await expect(chatModel(service, 1_000).complete(request, patient)).rejects.toThrow(
        new Unavailable('The language model does not answer; try again in a moment.'),
      );
      expect(service.requests).toHaveLength(3);
    },
  );

  test('a service that is not there is unavailable', async () => {
    const model = chatModel(service);
    await service.stop();
    service = await startFakeOpenAi();
    await expect(model.complete(request, patient)).rejects.toBeInstanceOf(Unavailable);
  });

  test('waiting ends when the caller is gone', async () => {
    const caller = new AbortController();
    service.plan({ status: 429, headers: { 'retry-after': '2' } });
    const running = chatModel(service).complete(request, caller.signal);
    await expect.poll(() => service.requests.length).toBe(1);
    caller.abort(new Error('The caller is gone.'));
    await expect(running).rejects.toThrow('gone');
  });
});

describe('failures that stay', () => {
  test.each([
    ['content filter of the question', { status: 400, code: 'content_filter' }, Refused, 'content filter'],
    ['content filter of the answer', { text: '', finish: 'content_filter' }, Refused, 'content filter'],
    ['an answer that was cut off', { text: '{"status":', finish: 'length' }, Refused, 'cut off'],
    ['too long a conversation', { status: 400, code: 'context_length_exceeded' }, Refused, 'start a new one'],
    ['a wrong key', { status: 401 }, Unavailable, 'ask the operator'],
    ['a deployment that does not exist', { status: 404 }, Unavailable, 'ask the operator'],
    ['a spent quota', { status: 429, code: 'insufficient_quota' }, Unavailable, 'quota'],
  ] as const)('%s is not tried again and says what to do', async (_what, step, kind, words) => {
    service.plan(step);
    const failure = await chatModel(service)
      .complete(request, patient)
      .catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(kind);
    expect((failure as Error).message).toContain(words);
    expect(service.requests).toHaveLength(1);
  });

  test('a request that the server does not take says whom to ask, and quotes nothing', async () => {
    service.plan({ status: 400, code: 'invalid_request' });
    const failure = await chatModel(service)
      .complete(request, patient)
      .catch((error: unknown) => error);
    expect(failure).toEqual(
      new Unavailable(
        'The language model cannot be used with these settings; ask the operator to check them.',
      ),
    );
    expect((failure as Error).cause).toMatchObject({
      name: 'ModelFault',
      status: 400,
      code: 'invalid_request',
    });
    expect(service.requests).toHaveLength(1);
  });
});
