import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { expect } from 'vitest';
import {
  answered,
  authorizeUrl,
  codeFor,
  newBrowser,
  redeem,
  refresh,
  register,
} from '../integration/sign-in/proxy-world.ts';
import { fetchFrom } from '../support/whole-app.ts';
import { type Answer, type Door, sentenceOf } from './door.ts';
import { canShowForms } from './door-messages.ts';
import type { Instance, RotationWorld } from './rotation-world.ts';

/** Something that a client has begun, and how it goes on: at another instance, with other keys. */
export interface InFlight {
  readonly what: string;
  begin(world: RotationWorld, at: Instance): Promise<(at: Instance) => Promise<void>>;
}

const takesTasks = {
  'io.modelcontextprotocol/clientCapabilities': { extensions: { 'io.modelcontextprotocol/tasks': {} } },
};
const codeIn = (answer: Answer) => /confirmation_code "([^"]+)"/.exec(sentenceOf(answer))?.[1];
const outstanding = ({ message }: Answer) => message.result?.structuredContent?.outstanding;

/** As a person with a client that shows no forms: the code of the refusal goes with the second call. */
async function agreed(door: Door, token: string, tool: string, args: object, more: object = {}) {
  const confirmation_code = codeIn(await door.callTool(token, tool, args, more));
  return await door.callTool(token, tool, { ...args, confirmation_code }, more);
}

const session: InFlight = {
  what: 'a session of the 2025 era',
  async begin({ bill }, at) {
    const params = {
      protocolVersion: '2025-11-25',
      capabilities: {},
      clientInfo: { name: 'a', version: '1' },
    };
    const answer = await at.door.rpc({ era: '2025-11-25', method: 'initialize', params, token: bill() });
    const headers = { 'mcp-session-id': answer.headers.get('mcp-session-id') ?? expect.fail('no session') };
    return async ({ door }) => {
      const again = await door.rpc({ era: '2025-11-25', method: 'tools/list', headers, token: bill() });
      expect(again.status).toBe(200);
    };
  },
};

const asked: InFlight = {
  what: 'a question of the 2025 era, which its user has not answered yet',
  async begin({ bill, nextInvoice, both }) {
    let agree = () => {};
    const answers = new Promise<void>((resolve) => {
      agree = resolve;
    });
    const client = new Client(
      { name: 'a', version: '1' },
      { versionNegotiation: { mode: 'legacy' }, capabilities: { elicitation: {} } },
    );
    const seen = new Promise<void>((resolve) => {
      client.setRequestHandler('elicitation/create', async () => {
        resolve();
        await answers;
        return { action: 'accept', content: { confirm: true } };
      });
    });
    const reach = fetchFrom('http://localhost:7071', both);
    const requestInit = { headers: { authorization: `Bearer ${bill()}` } };
    await client.connect(
      new StreamableHTTPClientTransport(new URL('http://localhost:7071/mcp'), { fetch: reach, requestInit }),
    );
    const called = client.callTool({
      name: 'pay_invoice',
      arguments: { invoice_id: nextInvoice(), amount: 1 },
    });
    await seen;
    return async () => {
      agree();
      expect((await called).structuredContent).toMatchObject({ outstanding: 89 });
      await client.close();
    };
  },
};

const code: InFlight = {
  what: 'a confirmation code',
  async begin({ bill, nextInvoice }, at) {
    const args = { invoice_id: nextInvoice(), amount: 1 };
    const confirmation_code = codeIn(await at.door.callTool(bill(), 'pay_invoice', args));
    return async ({ door }) => {
      const answer = await door.callTool(bill(), 'pay_invoice', { ...args, confirmation_code });
      expect(outstanding(answer)).toBe(89);
    };
  },
};

const question: InFlight = {
  what: 'the state of a question of the 2026 era',
  async begin({ bill, nextInvoice }, at) {
    const args = { invoice_id: nextInvoice(), amount: 1 };
    const { message } = await at.door.callTool(bill(), 'pay_invoice', args, { meta: canShowForms });
    const inputResponses = { confirm: { action: 'accept', content: { confirm: true } } };
    const params = { requestState: message.result?.requestState, inputResponses };
    return async ({ door }) => {
      const answer = await door.callTool(bill(), 'pay_invoice', args, { meta: canShowForms, params });
      expect(outstanding(answer)).toBe(89);
    };
  },
};

const task: InFlight = {
  what: 'a task that waits for a second person',
  async begin({ bill, anna, nextInvoice }, at) {
    const args = { invoice_id: nextInvoice(), amount: 60 };
    const { message } = await agreed(at.door, bill(), 'pay_invoice', args, { meta: takesTasks });
    const { taskId } = message.result as unknown as { taskId: string };
    return async ({ door }) => {
      const decision = { approval_id: taskId, decision: 'approve', reason: 'Seen the contract' };
      await agreed(door, anna(), 'decide_approval', decision);
      const headers = { 'mcp-name': taskId };
      const look = { method: 'tasks/get', params: { taskId }, meta: takesTasks, headers };
      const { message: after } = await door.rpc({ ...look, token: bill() });
      expect(after.result).toMatchObject({
        status: 'completed',
        result: { structuredContent: { outstanding: 30 } },
      });
    };
  },
};

const list: InFlight = {
  what: 'a list that is read half, and its cursor',
  async begin({ bill }, at) {
    const page = await at.door.callTool(bill(), 'get_all_customers', { limit: 5 });
    const { next_cursor: cursor } = page.message.result?.structuredContent ?? {};
    expect(cursor).toBeTypeOf('string');
    return async ({ door }) => {
      const next = await door.callTool(bill(), 'get_all_customers', { limit: 5, cursor });
      expect(next.message.result?.structuredContent?.customers).toHaveLength(5);
    };
  },
};

const kept: InFlight = {
  what: 'an answer that is kept under the caller’s key',
  async begin({ bill, nextInvoice }, at) {
    const invoice_id = nextInvoice();
    const args = { invoice_id, amount: 1, idempotency_key: `payment of ${invoice_id}` };
    const first = await agreed(at.door, bill(), 'pay_invoice', args);
    return async ({ door }) => {
      const again = await door.callTool(bill(), 'pay_invoice', args);
      expect(again.message.result?.structuredContent).toEqual(first.message.result?.structuredContent);
      const paid = await door.callTool(bill(), 'get_invoice_payments', { invoice_id });
      expect(paid.message.result?.structuredContent?.payments).toHaveLength(1);
    };
  },
};

const transaction: InFlight = {
  what: 'a sign-in at its first page, of a client that has registered',
  async begin({ base }) {
    const client = await register(base());
    const browser = newBrowser();
    const page = await browser.open(authorizeUrl(base(), client));
    return async () => {
      const answer = answered(await browser.submit(page, { decision: 'allow' }));
      expect(await redeem(base(), client, answer.get('code') ?? '')).toMatchObject({ status: 200 });
    };
  },
};

const signInCode: InFlight = {
  what: 'a code of a sign-in',
  async begin({ base }) {
    const client = await register(base());
    const received = await codeFor(base(), client);
    return async () => {
      expect(await redeem(base(), client, received)).toMatchObject({ status: 200 });
    };
  },
};

const refreshToken: InFlight = {
  what: 'a refresh token',
  async begin({ base }) {
    const client = await register(base());
    const { body } = await redeem(base(), client, await codeFor(base(), client));
    return async () => {
      expect(await refresh(base(), client, body.refresh_token)).toMatchObject({ status: 200 });
    };
  },
};

/** Begun and gone on with at one instance, each. */
export const atOne = [session, asked, code, question, task, list, kept] as const;
/** Whose requests come to both in turn. */
export const atBoth = [transaction, signInCode, refreshToken] as const;
