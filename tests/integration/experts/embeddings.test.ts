import { afterEach, beforeEach, expect, test } from 'vitest';
import { compatibleClient } from '#platform/experts/models/client';
import { openaiEmbeddings } from '#platform/experts/models/openai-embeddings';
import { startFakeOpenAi } from '../../support/fake-openai.ts';
import type { FakeOpenAi } from '../../support/fake-openai-server.ts';
import { patient } from './models.ts';

let service: FakeOpenAi;
beforeEach(async () => {
  service = await startFakeOpenAi();
});
afterEach(() => service.stop());

const texts = Array.from({ length: 16 }, (_, place) => `text ${'abcdefghijklmnop'[place]}`);

function embeddings() {
  const lines: object[] = [];
  const client = compatibleClient({ kind: 'compatible', baseUrl: service.baseUrl, chatModel: 'fake' });
  const sending = { attempts: 2, attemptMilliseconds: 5_000, longestWait: 100, firstWait: 1 };
  const logger = {
    log: (level: string, message: string, fields = {}) => lines.push({ level, message, ...fields }),
  };
  return { model: openaiEmbeddings(client, 'embed', { sending, logger }), lines };
}

const sizes = () =>
  service.requests.map(({ body }) => ('input' in body ? (body.input as string[]).length : 0));

const tenAtMost = {
  status: 400,
  raw: {
    error: {
      message: 'batch size is invalid, it should not be larger than 10.: input.contents',
      type: 'InvalidParameter',
      param: null,
      code: 'InvalidParameter',
    },
  },
};

test.each([
  ['400', tenAtMost],
  ['413', { status: 413, raw: '<html>too large</html>', type: 'text/html' }],
  ['422', { status: 422, raw: { detail: 'at most 10 texts' } }],
])(
  'a server that takes ten texts a request and says so with %s gets halves, in their order',
  async (_status, refusal) => {
    const whole = await embeddings().model.embed(texts, patient);
    service.limitEmbeddings(10, refusal);
    const { model } = embeddings();
    expect(await model.embed(texts, patient)).toEqual(whole);
    expect(sizes()).toEqual([16, 16, 8, 8]);
    // remembered
    expect(await model.embed(texts, patient)).toEqual(whole);
    expect(sizes().slice(4)).toEqual([8, 8]);
  },
);

test('a server that takes one text a request', async () => {
  service.limitEmbeddings(1, tenAtMost);
  const vectors = await embeddings().model.embed(texts.slice(0, 5), patient);
  expect(vectors).toHaveLength(5);
  expect(new Set(vectors.map((vector) => JSON.stringify(vector))).size).toBe(5);
});

test('one text that is refused is a failure with a sentence, and the operator reads what was refused', async () => {
  service.limitEmbeddings(0, { status: 400, raw: { error: { message: 'Unknown: encoding_format' } } });
  const { model, lines } = embeddings();
  await expect(model.embed(texts, patient)).rejects.toThrow(
    'The language model cannot be used with these settings; ask the operator to check them.',
  );
  expect(lines).toMatchObject([{ level: 'error', operation: 'embeddings', refused: 'encoding_format' }]);
});

test.each([
  ['no data', {}],
  ['data: null', { data: null }],
  ['a vector that is null', { data: [{ index: 0, embedding: null }] }],
  ['too few vectors', { data: [] }],
  ['a page', '<html>Sign in</html>'],
  ['an error with status 200', { error: { message: 'No.' } }],
])('%s is a failure with a sentence', async (_what, raw) => {
  service.answerEmbeddings({ raw, type: typeof raw === 'string' ? 'text/html' : 'application/json' });
  await expect(embeddings().model.embed(['text'], patient)).rejects.toThrow(
    'cannot be used with these settings',
  );
});

test('vectors without an index are in the order of their texts', async () => {
  service.answerEmbeddings({ raw: { data: [{ embedding: [1] }, { embedding: [2] }] } });
  expect(await embeddings().model.embed(['a', 'b'], patient)).toEqual([[1], [2]]);
});
