import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { address, fetchOf, post, tokenOf } from './instance-requests.ts';
import { type Instances, startInstances } from './instances.ts';

/** Whatever a client answers: its user is asked once, and only a clear yes is one. */

const staff = tokenOf('staff', ['security']);
const args = { customer_id: 2, reason: 'Identity verified by call-back' };
const unlock = { name: 'unlock_account', arguments: args };

let instances: Instances;

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date() });
  instances = await startInstances();
});

afterEach(() => {
  vi.useRealTimers();
});

interface Ended {
  /** How often the user was asked. */
  readonly asked: number;
  readonly failed: boolean;
  readonly text: string;
}

interface Message {
  readonly id?: unknown;
  readonly method?: string;
  readonly result?: {
    readonly isError?: boolean;
    readonly content?: readonly { readonly text: string }[];
    readonly inputRequests?: unknown;
    readonly requestState?: string;
  };
}

/** Members of a JSON-RPC response to a question; `silence` sends none. */
type Reply = Readonly<Record<string, unknown>> | 'silence';

/** A call of a client of 2025, which is asked on the stream of the call. */
async function callOf2025(reply: Reply, secondsLater = 0, params: object = unlock): Promise<Ended> {
  const session = await newSession();
  const call = { jsonrpc: '2.0', id: 7, method: 'tools/call', params };
  const response = await post(instances.one, staff, call, session);
  let asked = 0;
  for await (const message of messagesOf(response)) {
    if (message.method === 'elicitation/create') {
      asked += 1;
      instances.advance(secondsLater * 1_000);
      if (reply !== 'silence') {
        await post(instances.other, staff, { jsonrpc: '2.0', id: message.id, ...reply }, session);
      }
    }
    if (message.id === 7) {
      return endedWith(message, asked);
    }
  }
  return expect.fail('The call was not answered.');
}

async function newSession(): Promise<string> {
  const params = {
    protocolVersion: '2025-11-25',
    capabilities: { elicitation: {} },
    clientInfo: { name: 'raw', version: '1' },
  };
  const response = await post(instances.one, staff, { jsonrpc: '2.0', id: 1, method: 'initialize', params });
  await response.text();
  return response.headers.get('mcp-session-id') ?? '';
}

async function* messagesOf({ body }: Response): AsyncGenerator<Message> {
  let buffer = '';
  for await (const part of body?.pipeThrough(new TextDecoderStream()) ?? []) {
    buffer += part;
    const events = buffer.split('\n\n');
    buffer = events.pop() ?? '';
    for (const event of events) {
      const data = /^data: (.+)$/m.exec(event)?.[1];
      if (data !== undefined) {
        yield JSON.parse(data) as Message;
      }
    }
  }
}

/** A call of a client of 2026-07-28, which carries the question to its user and the answer back. */
async function callOf2026(reply: Reply, secondsLater = 0): Promise<Ended> {
  const question = (await modern(unlock)).result ?? {};
  expect(question.inputRequests).toBeDefined();
  instances.advance(secondsLater * 1_000);
  const { result, ...error } = reply === 'silence' ? {} : reply;
  const answer = result ?? ('error' in error ? error : undefined);
  const inputResponses = answer === undefined ? {} : { confirm: answer };
  return endedWith(await modern({ ...unlock, requestState: question.requestState, inputResponses }), 1);
}

async function modern(params: object): Promise<Message> {
  const _meta = {
    'io.modelcontextprotocol/protocolVersion': '2026-07-28',
    'io.modelcontextprotocol/clientCapabilities': { elicitation: { form: {} } },
  };
  const response = await fetchOf(instances.alternate, staff)(address, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      'mcp-protocol-version': '2026-07-28',
      'mcp-method': 'tools/call',
      'mcp-name': 'unlock_account',
    },
    body: JSON.stringify({ jsonrpc: '2.0', id: 7, method: 'tools/call', params: { ...params, _meta } }),
  });
  return (await response.json()) as Message;
}

function endedWith({ result }: Message, asked: number): Ended {
  expect(result?.inputRequests, 'asked again').toBeUndefined();
  return { asked, failed: result?.isError === true, text: result?.content?.[0]?.text ?? '' };
}

async function isLocked(): Promise<unknown> {
  const params = { name: 'get_security_logs', arguments: { customer_id: 2 } };
  const response = await post(instances.one, staff, { jsonrpc: '2.0', id: 1, method: 'tools/call', params });
  return /\\?"locked\\?":(true|false)/.exec(await response.text())?.[1] === 'true';
}

const ways = [
  ['2025-11-25', callOf2025],
  ['2026-07-28', callOf2026],
] as const;

const accepted = (content: unknown): Reply => ({ result: { action: 'accept', content } });

describe.each(ways)('a client of %s', (_era, call) => {
  it.each<[string, Reply]>([
    ['the tick', accepted({ confirm: true })],
    ['the tick, and more that nobody asked for', accepted({ confirm: true, comment: 'go on' })],
  ])('%s is a yes', async (_what, reply) => {
    expect(await call(reply)).toMatchObject({ asked: 1, failed: false });
    expect(await isLocked()).toBe(false);
  });

  it.each<[string, Reply]>([
    ['no tick', accepted({ confirm: false })],
    ['no content', { result: { action: 'accept' } }],
    ['content null', accepted(null)],
    ['content true', accepted(true)],
    ['content as text', accepted('yes')],
    ['content as a list', accepted([{ confirm: true }])],
    ['a tick in words', accepted({ confirm: 'yes' })],
    ['a tick as text', accepted({ confirm: 'true' })],
    ['a tick as a number', accepted({ confirm: 1 })],
    ['a tick under another name', accepted({ confirmed: true })],
    ['a tick and no action', { result: { content: { confirm: true } } }],
    ['another action', { result: { action: 'Accept', content: { confirm: true } } }],
    ['an action that is no text', { result: { action: true, content: { confirm: true } } }],
    ['a decline', { result: { action: 'decline' } }],
    ['a decline with a tick', { result: { action: 'decline', content: { confirm: true } } }],
    ['an empty result', { result: {} }],
  ])('%s is not a yes: nothing happens, and nobody is asked again', async (_what, reply) => {
    expect(await call(reply)).toEqual({
      asked: 1,
      failed: true,
      text: 'The user did not agree, so nothing was done.',
    });
    expect(await isLocked()).toBe(true);
  });

  it('a question that was dismissed after a while is not a yes', async () => {
    expect(await call({ result: { action: 'cancel' } }, 5)).toMatchObject({
      asked: 1,
      text: 'The user did not agree, so nothing was done.',
    });
  });

  it.each<[string, Reply]>([
    ['an unknown method', { error: { code: -32601, message: 'Method not found' } }],
    ['an error', { error: { code: -32603, message: 'secret of the client' } }],
    ['a dismissal that nobody can have read', { result: { action: 'cancel' } }],
    ['silence', 'silence'],
  ])('%s means that it cannot ask: the user may agree by a code', async (_what, reply) => {
    if (reply === 'silence') {
      instances = await startInstances({ thinkingTimeMs: 300 });
    }
    const { asked, failed, text } = await call(reply);
    expect({ asked, failed }).toEqual({ asked: 1, failed: true });
    expect(text).toMatch(
      /^This unlocks .+ The client did not answer the question for the user\. Nothing was done yet\. If the user agrees, repeat the call with confirmation_code "[A-Z2-9-]{40}" within 5 minutes\.$/,
    );
    expect(await isLocked()).toBe(true);
    const confirmation_code = /"([A-Z2-9-]{40})"/.exec(text)?.[1];
    const confirmed = { ...unlock, arguments: { ...args, confirmation_code } };
    expect(await callOf2025('silence', 0, confirmed)).toMatchObject({ asked: 0, failed: false });
    expect(await isLocked()).toBe(false);
  });
});

it.each<[string, Reply]>([
  ['neither result nor error', {}],
  ['a result that is no object', { result: 'yes' }],
  ['a result that is null', { result: null }],
  ['an error without a code', { error: 'no' }],
])('an answer with %s is none: a client of 2025 has said nothing', async (_what, reply) => {
  instances = await startInstances({ thinkingTimeMs: 300 });
  const { asked, text } = await callOf2025(reply);
  expect(asked).toBe(1);
  expect(text).toContain('confirmation_code');
  expect(text).not.toMatch(/JSON|invalid|expected|-32\d{3}/i);
  expect(await isLocked()).toBe(true);
});
