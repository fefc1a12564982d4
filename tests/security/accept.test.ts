import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { smallDataset } from '../support/small-dataset.ts';
import { canShowForms, type Era, eras } from './door-messages.ts';
import { startTarget, type Target } from './target.ts';

let target: Target;
let token: string;

beforeAll(async () => {
  target = await startTarget({ data: [smallDataset, smallDataset] });
  token = target.authority.mint(target.tenants[0].tid, { roles: ['security'] });
});

afterAll(() => target?.stop());

const json = 'application/json';
const stream = 'text/event-stream';

/** Accept headers, and the form of the answer that fits them; undefined when the protocol layer may choose. */
const served: readonly (readonly [string, string | undefined])[] = [
  ['', undefined],
  ['*/*', undefined],
  ['Application/JSON, Text/Event-Stream', undefined],
  ['application/json;q=0.9, text/event-stream;q=0.5', undefined],
  ['application/json; charset=utf-8, */*;q=0.1', undefined],
  [json, json],
  ['APPLICATION/JSON', json],
  ['application/*', json],
  ['text/html, application/json;q=0.1', json],
  ['*/*, text/event-stream;q=0', json],
  [stream, stream],
  ['text/*', stream],
  ['text/event-stream, application/json;q=0', stream],
];

const refused = ['text/html', 'application/xml, image/*', 'application/json;q=0', '*/*;q=0', 'nonsense'];

function list(era: Era, accept: string) {
  return target.rpc({ era, method: 'tools/list', token, headers: { accept } });
}

describe.each(eras)('Accept (%s)', (era) => {
  it.each(served)('%j is served as %s', async (accept, type) => {
    const { status, headers, message } = await list(era, accept);
    expect(status).toBe(200);
    expect(message.result?.tools?.length).toBeGreaterThan(5);
    if (type !== undefined) {
      expect(headers.get('content-type')).toBe(type);
    }
  });

  it.each(refused)('%j is refused in our words', async (accept) => {
    const { status, message } = await list(era, accept);
    expect(status).toBe(406);
    expect(message.error?.message).toBe('Not acceptable. Accept application/json or text/event-stream.');
  });

  it('a call, and an error, fit JSON alone', async () => {
    const headers = { accept: json };
    const called = await target.callTool(token, 'get_customer_detail', { customer_id: 1 }, { era, headers });
    expect(called.headers.get('content-type')).toBe(json);
    expect(called.message.result?.structuredContent).toMatchObject({ first_name: 'Ada' });
    const unknown = await target.callTool(token, 'no_such_tool', {}, { era, headers });
    expect(unknown.headers.get('content-type')).toBe(json);
    expect(unknown.message.error?.message).toContain('Unknown tool');
  });

  it('progress on the way is left out where it does not fit', async () => {
    const more = { era, headers: { accept: json }, meta: { progressToken: 'p' } };
    const { headers, message } = await target.callTool(
      token,
      'get_customer_detail',
      { customer_id: 1 },
      more,
    );
    expect(headers.get('content-type')).toBe(json);
    expect(message.result?.structuredContent).toMatchObject({ first_name: 'Ada' });
  });
});

it('a session begins and goes on with JSON alone, and a question on the way needs a stream', async () => {
  const headers = { accept: json };
  const params = {
    protocolVersion: '2025-11-25',
    clientInfo: { name: 'json', version: '1' },
    capabilities: Object.values(canShowForms)[0],
  };
  const begun = await target.rpc({ era: '2025-11-25', method: 'initialize', params, token, headers });
  expect(begun.headers.get('content-type')).toBe(json);
  const session = { ...headers, 'mcp-session-id': begun.headers.get('mcp-session-id') ?? '' };
  const more = { era: '2025-11-25', headers: session } as const;
  const called = await target.callTool(token, 'get_customer_detail', { customer_id: 1 }, more);
  expect(called.message.result?.structuredContent).toMatchObject({ first_name: 'Ada' });
  const asking = await target.callTool(token, 'unlock_account', { customer_id: 2, reason: 'x' }, more);
  expect(asking.status).toBe(406);
  expect(asking.message.error?.message).toContain('accept text/event-stream as well');
});

it('none at all is served', async () => {
  const request = new Request('http://localhost:7071/mcp', {
    method: 'POST',
    headers: {
      host: 'localhost:7071',
      authorization: `Bearer ${token}`,
      'content-type': json,
      'mcp-protocol-version': '2025-11-25',
    },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list' }),
  });
  expect((await target.app.mcp(request)).status).toBe(200);
});

it('a notification needs no form at all', async () => {
  const { status } = await target.send({
    token,
    headers: { accept: 'text/html', 'mcp-protocol-version': '2025-11-25' },
    body: { jsonrpc: '2.0', method: 'notifications/initialized' },
  });
  expect(status).toBe(202);
});
