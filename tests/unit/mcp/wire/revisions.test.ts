import { describe, expect, it } from 'vitest';
import { wireEndpoint } from './endpoint.ts';
import { metaOf } from './messages.ts';
import { newSession, send } from './send.ts';

const endpoint = wireEndpoint();
const request = (method: string, params?: unknown) => ({ jsonrpc: '2.0', id: 3, method, params });

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
