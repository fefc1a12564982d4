import { describe, expect, it } from 'vitest';
import { wireEndpoint } from './endpoint.ts';
import { eras, metaOf } from './messages.ts';
import { newSession, send } from './send.ts';

const endpoint = wireEndpoint();
const request = (method: string, params?: unknown) => ({ jsonrpc: '2.0', id: 3, method, params });

describe.each(eras)('wrong parameters are named in one sentence (%s)', (era) => {
  it.each<[string, unknown, string]>([
    [
      'tools/call',
      { name: 42 },
      'Invalid params of tools/call: name must be text. Correct it and send the message again.',
    ],
    [
      'tools/call',
      {},
      'Invalid params of tools/call: name is required. Correct it and send the message again.',
    ],
    [
      'tools/call',
      { name: 'greet', arguments: 'x' },
      'Invalid params of tools/call: arguments must be an object. Correct it and send the message again.',
    ],
    [
      'prompts/get',
      { name: 'explain_invoice', arguments: { customer_id: 7 } },
      'Invalid params of prompts/get: arguments.customer_id must be text. Correct it and send the message again.',
    ],
    [
      'tools/list',
      { cursor: 'made up' },
      'Invalid params of tools/list: cursor is not one that was given out here; leave it out to get the whole list. Correct it and send the message again.',
    ],
    [
      'resources/read',
      { uri: ['x'] },
      'Invalid params of resources/read: uri must be text. Correct it and send the message again.',
    ],
  ])('%s %j', async (method, params, sentence) => {
    const headers = era === '2025-11-25' ? await newSession(endpoint) : {};
    const withMeta = { ...(params as object), _meta: metaOf(era) };
    const answer = await send(endpoint, era, request(method, withMeta), headers);
    expect(answer.status).toBe(200);
    expect(answer.message).toEqual({ jsonrpc: '2.0', id: 3, error: { code: -32602, message: sentence } });
  });

  it('also when they are no object at all', async () => {
    const headers = era === '2025-11-25' ? await newSession(endpoint) : {};
    const { message } = await send(endpoint, era, request('tools/list', []), headers);
    expect(message.error).toMatchObject({
      code: -32602,
      message: expect.stringMatching(/params must be an object/),
    });
  });

  it('an argument named __proto__ is an unknown one', async () => {
    const headers = era === '2025-11-25' ? await newSession(endpoint) : {};
    for (const text of ['{"__proto__":{"word":"x"}}', '{"word":"x","__proto__":1}']) {
      const args = JSON.parse(text) as unknown;
      const { message } = await send(
        endpoint,
        era,
        request('tools/call', { name: 'greet', arguments: args, _meta: metaOf(era) }),
        headers,
      );
      expect(message.result).toMatchObject({
        isError: true,
        content: [{ text: expect.stringMatching(/unknown fields; the known ones are word, loud/) }],
      });
    }
  });
});

describe('a notification', () => {
  it('without what it is about is refused, by the status as it has no answer', async () => {
    const session = await newSession(endpoint);
    const { status, message } = await send(
      endpoint,
      '2025-11-25',
      { jsonrpc: '2.0', method: 'notifications/cancelled' },
      session,
    );
    expect(status).toBe(400);
    expect(message).toMatchObject({
      id: null,
      error: { code: -32602, message: expect.stringMatching(/requestId is required/) },
    });
  });

  it('that is sent as a request is answered as one', async () => {
    const session = await newSession(endpoint);
    const { message } = await send(
      endpoint,
      '2025-11-25',
      request('notifications/cancelled', { requestId: 1 }),
      session,
    );
    expect(message).toMatchObject({
      id: 3,
      error: { code: -32601, message: expect.stringMatching(/^Method not found: this endpoint/) },
    });
  });
});
