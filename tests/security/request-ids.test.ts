import { beforeAll, describe, expect, it } from 'vitest';
import { fetchOf, post, tokenOf } from '../integration/mcp/instance-requests.ts';
import { type Instances, startInstances } from '../integration/mcp/instances.ts';
import { slow, slowTool } from '../integration/mcp/slow-tool.ts';
import { type Door, doorAt } from './door.ts';
import { eras } from './door-messages.ts';

const staff = tokenOf('staff', ['security']);
/** As it goes over the wire: some are numbers that JavaScript cannot hold. */
const ids = [
  '"session-replay"',
  '"AAAAAAAAAAA:0"',
  '"__proto__"',
  '"constructor"',
  '""',
  '"\\u202e \\"quoted\\" \\\\"',
  `"${'x'.repeat(5_000)}"`,
  '0',
  '-1',
  '-9007199254740993',
  '9007199254740992',
  '9007199254740993',
  '18446744073709551615',
  '1.5',
];

let instances: Instances;
let door: Door;
let session: string;

beforeAll(async () => {
  instances = await startInstances({ extraTools: [slowTool] });
  door = doorAt('http://localhost', async (request) => instances.alternate(request));
  const params = {
    protocolVersion: '2025-11-25',
    capabilities: {},
    clientInfo: { name: 'raw', version: '1' },
  };
  const response = await post(instances.one, staff, { jsonrpc: '2.0', id: 1, method: 'initialize', params });
  await response.text();
  session = response.headers.get('mcp-session-id') ?? '';
});

const envelope =
  '"_meta":{"id":7,"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{}}';

/** A message with this id, as text. */
function ask(era: string, id: string, method: string, params: string) {
  const modern = era === '2026-07-28';
  return door.send({
    token: staff,
    headers: {
      'mcp-protocol-version': era,
      ...(modern ? { 'mcp-method': method } : { 'mcp-session-id': session }),
      ...(modern && method === 'tools/call' && { 'mcp-name': 'get_customer_detail' }),
    },
    body: `{"jsonrpc":"2.0","method":"${method}","params":{${[modern ? envelope : '', params].filter(Boolean).join()}},"id":${id}}`,
  });
}

/** The id of the message, as text. */
const idIn = (text: string) => /"id":(-?[\d.]+|"(?:[^"\\]|\\.)*")[,}]/.exec(text)?.[1];

describe.each(eras)('any id that JSON-RPC allows (%s)', (era) => {
  it.each(ids.map((id) => [id.slice(0, 30), id]))('%s is answered, to the digit', async (_name, id) => {
    for (const [method, params] of [
      ['tools/list', ''],
      ['tools/call', '"name":"get_customer_detail","arguments":{"customer_id":1}'],
    ] as const) {
      const { status, text } = await ask(era, id, method, params);
      expect(status).toBe(200);
      expect(text).toContain('"result":');
      expect(idIn(text)).toBe(id.startsWith('"') ? JSON.stringify(JSON.parse(id)) : id);
    }
  });
});

describe('a number that JavaScript cannot hold', () => {
  it('names the request that is cancelled', async () => {
    Object.assign(slow, { begun: 0, aborted: 0 });
    const send = (body: string, to = instances.one) =>
      fetchOf(to, staff)('http://localhost/mcp', {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          accept: 'application/json, text/event-stream',
          'mcp-session-id': session,
        },
        body,
      });
    const call = send(
      '{"jsonrpc":"2.0","id":9007199254740993,"method":"tools/call","params":{"name":"wait_forever"}}',
    );
    await expect.poll(() => slow.begun).toBe(1);
    const cancelled = await send(
      '{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":9007199254740993}}',
      instances.other,
    );
    expect(cancelled.status).toBe(202);
    expect(await (await call).text()).not.toContain('"result"');
    expect(slow.aborted).toBe(1);
  });
});
