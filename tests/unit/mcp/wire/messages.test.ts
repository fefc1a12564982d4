import { describe, expect, it } from 'vitest';
import { newSession, send, wireEndpoint } from './endpoint.ts';
import { eras, metaOf } from './messages.ts';

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

describe('revisions of the protocol', () => {
  const begin = (params: object, headers = {}) =>
    send(endpoint, '2025-11-25', request('initialize', params), headers);
  const client = { capabilities: {}, clientInfo: { name: 'raw', version: '1' } };

  it.each([
    ['2025-11-25', '2025-11-25'],
    ['2025-06-18', '2025-06-18'],
    ['2024-11-05', '2024-11-05'],
    ['2025-03-26', '2025-06-18'],
    ['2099-01-01', '2025-11-25'],
    ['nonsense', '2025-11-25'],
  ])('%s is answered with %s', async (asked, offered) => {
    const { message } = await begin({ protocolVersion: asked, ...client });
    expect(message.result?.protocolVersion).toBe(offered);
  });

  it('initialize says what is missing', async () => {
    const { status, message } = await begin(client);
    expect(status).toBe(200);
    expect(message.error).toEqual({
      code: -32602,
      message:
        'Invalid params of initialize: protocolVersion is required. Correct it and send the message again.',
    });
  });

  it('a header that names an unknown one is refused', async () => {
    for (const version of ['banana', '1999-01-01', '2025-11-25, 2025-11-25']) {
      const { status, message } = await begin(
        { protocolVersion: '2025-11-25', ...client },
        { 'mcp-protocol-version': version },
      );
      expect(status).toBe(400);
      expect(message.error).toMatchObject({
        code: -32600,
        message: expect.stringMatching(/use one of 2026-07-28, 2025-11-25, 2025-06-18/),
      });
    }
  });

  it('server/discover for an unknown one names all that are served', async () => {
    const meta = { ...metaOf('2026-07-28'), 'io.modelcontextprotocol/protocolVersion': '2099-01-01' };
    const headers = { 'mcp-protocol-version': '2099-01-01' };
    const { status, message } = await send(
      endpoint,
      '2026-07-28',
      request('server/discover', { _meta: meta }),
      headers,
    );
    expect(status).toBe(400);
    expect(message.error).toMatchObject({
      code: -32022,
      message: expect.stringMatching(/2026-07-28, 2025-11-25, 2025-06-18, 2024-11-05, 2024-10-07/),
      // as in what server/discover answers: the official suite holds the two against each other
      data: { requested: '2099-01-01', supported: ['2026-07-28'] },
    });
  });

  it('tasks are declared to sessions of 2025-11-25 only, and served to them only', async () => {
    for (const version of ['2025-11-25', '2025-06-18', '2025-03-26']) {
      const known = version === '2025-11-25';
      const { message } = await begin({ protocolVersion: version, ...client });
      expect(Object.keys(Object(message.result?.capabilities)).includes('tasks'), version).toBe(known);
      const session = await newSession(endpoint, version);
      const got = await send(endpoint, '2025-11-25', request('tasks/list'), session);
      expect(got.message.error?.code, version).toBe(known ? undefined : -32601);
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
