import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Answer, type Door, sentenceOf } from './door.ts';
import { canShowForms } from './door-messages.ts';
import { signingKey, startTarget, type Target } from './target.ts';

const newKey = 'another secret of the tests that is longer than 32 bytes';

let target: Target;
let token: string;
/** Instances while the key is replaced, and once it is. */
let during: Door;
let after: Door;

beforeAll(async () => {
  target = await startTarget({ env: { CONFIRM_PAYMENTS_ABOVE: '0' } });
  during = await target.instance({ STATE_SIGNING_KEY: `${newKey},${signingKey}` });
  after = await target.instance({ STATE_SIGNING_KEY: newKey });
  token = target.authority.mint(target.tenants[0].tid, { roles: ['security'] });
});

afterAll(() => target?.stop());

const pay = (door: Door, amount: number, args: object = {}, more: object = {}): Promise<Answer> =>
  door.callTool(token, 'pay_invoice', { invoice_id: 101, amount, ...args }, more);

const isPaid = ({ message }: Answer) => message.result?.structuredContent !== undefined;

/** What a client carries between two requests, and how it uses it. */
const carried = [
  {
    what: 'a confirmation code',
    async obtain(door: Door, amount: number) {
      return /"([A-Z2-9-]{40})"/.exec(sentenceOf(await pay(door, amount)))?.[1] ?? expect.fail('no code');
    },
    use: async (door: Door, code: string, amount: number) =>
      isPaid(await pay(door, amount, { confirmation_code: code })),
  },
  {
    what: 'the state of a question',
    async obtain(door: Door, amount: number) {
      const { message } = await pay(door, amount, {}, { meta: canShowForms });
      return String(message.result?.requestState);
    },
    use: async (door: Door, requestState: string, amount: number) => {
      const inputResponses = { confirm: { action: 'accept', content: { confirm: true } } };
      const params = { requestState, inputResponses };
      return isPaid(await pay(door, amount, {}, { meta: canShowForms, params }));
    },
  },
  {
    what: 'a session of the 2025 era',
    async obtain(door: Door) {
      const params = {
        protocolVersion: '2025-11-25',
        capabilities: {},
        clientInfo: { name: 'a', version: '1' },
      };
      const answer = await door.rpc({ era: '2025-11-25', method: 'initialize', params, token });
      return answer.headers.get('mcp-session-id') ?? expect.fail('no session');
    },
    use: async (door: Door, session: string) => {
      const headers = { 'mcp-session-id': session };
      return (await door.rpc({ era: '2025-11-25', method: 'tools/list', headers, token })).status === 200;
    },
  },
] as const;

describe.each(carried)('$what, while STATE_SIGNING_KEY is replaced,', ({ obtain, use }) => {
  it('that was made before is taken', async () => {
    expect(await use(during, await obtain(target, 0.01), 0.01)).toBe(true);
  });

  it('is made with the new key', async () => {
    expect(await use(after, await obtain(during, 0.02), 0.02)).toBe(true);
  });

  it('of the old key is refused once that is gone', async () => {
    expect(await use(after, await obtain(target, 0.03), 0.03)).toBe(false);
  });

  it('of the new key is not known to who has the old one only', async () => {
    expect(await use(target, await obtain(during, 0.04), 0.04)).toBe(false);
  });
});

it('what was agreed to under the old key is agreed to once', async () => {
  const [{ obtain, use }] = carried;
  const code = await obtain(target, 0.05);
  expect(await use(during, code, 0.05)).toBe(true);
  expect(await use(target, code, 0.05)).toBe(false);
});
