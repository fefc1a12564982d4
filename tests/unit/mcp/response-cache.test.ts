import { beforeEach, expect, it } from 'vitest';
import { ResponseCache } from '#platform/mcp/response-cache';
import { type Asked, failures, message, meta, neverKept, others, question } from './cached-questions.ts';

let cache: ResponseCache;

/** How often the protocol layer was asked. */
let asked: number;

beforeEach(() => {
  cache = new ResponseCache();
  asked = 0;
});

async function answerTo(asks: Asked, respond?: (id: unknown) => Response) {
  const its = question(asks);
  const response = await cache.answer(its, async () => {
    asked += 1;
    return (respond ?? ((id) => Response.json(message(id), { headers: { 'x-of': 'protocol' } })))(
      its.body.id,
    );
  });
  const { status, headers } = response;
  return { status, headers, text: await response.text() };
}

it.each([2, 'two', '"},{"', '', -7])('differs from the cache one in the id alone, such as %j', async (id) => {
  await answerTo({ id: 1 });
  const again = await answerTo({ id });
  expect(asked).toBe(1);
  expect(JSON.parse(again.text)).toEqual(message(id));
  expect(again.headers.get('x-of')).toBe('protocol');
  expect(again.headers.get('content-type')).toBe('application/json');
});

it.each(['server/discover', 'tools/list', 'prompts/list', 'resources/templates/list'])(
  'is cache for %s',
  async (method) => {
    await answerTo({ method });
    await answerTo({ method });
    expect(asked).toBe(1);
  },
);

it('is cache for a client that says who it is', async () => {
  const _meta = { ...meta, 'io.modelcontextprotocol/clientInfo': { name: 'one', version: '1' } };
  await answerTo({ params: { _meta } });
  await answerTo({ params: { _meta } });
  expect(asked).toBe(1);
});

it('has headers of its own, the first one and all that follow', async () => {
  const first = await answerTo({ id: 1 });
  expect(first.headers.get('x-of')).toBe('protocol');
  expect(first.headers.get('content-type')).toBe('application/json');
  for (const answer of [first, await answerTo({ id: 2 })]) {
    answer.headers.set('x-correlation-id', 'of another request');
    answer.headers.append('vary', 'Origin');
  }
  const { headers } = await answerTo({ id: 3 });
  expect(asked).toBe(1);
  expect(Object.keys(Object.fromEntries(headers)).sort()).toEqual(['content-type', 'x-of']);
});

it('makes room for others', async () => {
  await answerTo({});
  for (let page = 0; page < 64; page += 1) {
    await answerTo({ params: { _meta: meta, cursor: `${page}` } });
  }
  expect(asked).toBe(65);
  await answerTo({});
  expect(asked).toBe(66);
});

it('is an event where it was an event', async () => {
  const stream = (id: unknown) =>
    new Response(`event: message\ndata: ${JSON.stringify(message(id))}\n\n`, {
      headers: { 'content-type': 'text/event-stream' },
    });
  const first = await answerTo({ id: 1 }, stream);
  const again = await answerTo({ id: 2 }, stream);
  expect(asked).toBe(1);
  expect(first.text).toBe(await stream(1).text());
  expect(again.text).toMatch(/^event: message\ndata: \{.*\}\n\n$/);
  expect(JSON.parse(again.text.slice('event: message\ndata: '.length))).toEqual(message(2));
});

it('is the same for the same permissions in another order', async () => {
  await answerTo({ permissions: ['customers.read', 'billing.read'] });
  await answerTo({ permissions: ['billing.read', 'customers.read'] });
  expect(asked).toBe(1);
});

it.each(others)('is asked for again with %s', async (_what, other) => {
  await answerTo({});
  await answerTo(other);
  expect(asked).toBe(2);
});

it.each(neverKept)('is never cache for %s', async (_what, asks) => {
  await answerTo(asks);
  await answerTo(asks);
  expect(asked).toBe(2);
});

it.each([null, { _meta: null }, { _meta: 'text' }, {}])(
  'the parameters %j are left to the protocol layer',
  async (params) => {
    await answerTo({ params }, () => Response.json({ jsonrpc: '2.0', id: 1, error: { code: -32602 } }));
    expect(asked).toBe(1);
  },
);

it.each(failures)('is not cache when it is %s', async (_what, respond) => {
  const expected = await respond().text();
  for (const time of [1, 2]) {
    expect((await answerTo({}, respond)).text).toBe(expected);
    expect(asked).toBe(time);
  }
});
