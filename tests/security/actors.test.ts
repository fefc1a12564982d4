import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { auditStore } from '#platform/storage/audit-store';
import type { Claims } from '../support/authority.ts';
import { testStorage } from '../support/azurite.ts';
import { smallNow } from '../support/small-dataset.ts';
import { sentenceOf } from './door.ts';
import { canShowForms, type Era, eras } from './door-messages.ts';
import { startTarget, type Target } from './target.ts';

/** Programs with every role, some of them with the very id of a person. */
const blueprint = '30cf4c22-9985-4ef7-8756-91cc888176bd';
const programs: readonly (readonly [actor: string, words: string, claims: Claims])[] = [
  [
    'agent_for_person',
    'an agent for a person',
    { idtyp: 'user', xms_act_fct: '11 9 3', xms_sub_fct: '2 3', xms_par_app_azp: blueprint },
  ],
  ['agent', 'an agent', { idtyp: 'user', xms_act_fct: '11', xms_sub_fct: '13' }],
  ['agent', 'an agent', { scp: undefined, idtyp: 'app', xms_act_fct: '3 9 11', xms_sub_fct: '11' }],
  ['application', 'an application', { scp: undefined, idtyp: 'app' }],
  ['application', 'an application', { idtyp: 'device' }],
];
const [agentForPerson] = programs.map(([, , claims]) => claims);

let target: Target;
let person: string;

beforeAll(async () => {
  target = await startTarget({ env: { CONFIRM_PAYMENTS_ABOVE: '0' } });
  person = mint();
});

afterAll(() => target?.stop());

const mint = (claims: Claims = {}) =>
  target.authority.mint(target.tenants[0].tid, { roles: ['query', 'billing', 'security'], ...claims });

const payment = { invoice_id: 101, amount: 1 };
const agreement = { inputResponses: { confirm: { action: 'accept', content: { confirm: true } } } };

async function payments(): Promise<number> {
  const { message } = await target.callTool(person, 'get_invoice_payments', { invoice_id: 101 });
  const { payments: list } = message.result?.structuredContent ?? expect.fail('The payments cannot be read.');
  return (list as unknown[]).length;
}

let paid: number;
beforeEach(async () => {
  paid = await payments();
});

/** Entries about one answer. */
async function trailOf(correlationId: string | null) {
  await target.app.close();
  const found = [];
  const query = { tenant: target.tenants[0].slug, since: new Date(smallNow), now: new Date() };
  for await (const entry of auditStore(await testStorage()).read({
    ...query,
    tenant: query.tenant as never,
  })) {
    if (entry.correlationId === correlationId) {
      found.push(entry);
    }
  }
  return found;
}

describe.each(programs)('%s (%s, %j)', (actor, words, claims) => {
  it.each(eras)('is not shown what needs a person, and cannot call it (%s)', async (era) => {
    const token = mint(claims);
    const names = async (whose: string) =>
      (await target.rpc({ era, method: 'tools/list', token: whose })).message.result?.tools?.map(
        ({ name }) => name,
      );
    expect(await names(person)).toContain('unlock_account');
    expect(await names(token)).toEqual((await names(person))?.filter((name) => name !== 'unlock_account'));
    const args = { customer_id: 2, reason: 'x' };
    const { status, message, headers } = await target.callTool(token, 'unlock_account', args, { era });
    expect(status).toBe(403);
    expect(message.error?.message).toBe(
      `This is for people, and you call as ${words}; let a person sign in and do it.`,
    );
    expect(await trailOf(headers.get('x-correlation-id'))).toEqual([
      expect.objectContaining({
        decision: 'denied',
        reason: `actor:${actor}`,
        actor,
        tool: 'unlock_account',
      }),
    ]);
  });

  it('is not shown a prompt that needs a person, nor its completions', async () => {
    const token = mint(claims);
    const { message } = await target.rpc({ method: 'prompts/list', token });
    expect(JSON.stringify(message.result)).toContain('explain_invoice');
    expect(JSON.stringify(message.result)).not.toContain('unlock_account');
    const params = { name: 'unlock_account', arguments: { customer_id: '2' } };
    expect((await target.rpc({ method: 'prompts/get', params, token })).status).toBe(403);
  });

  it.each(eras)(
    'is not asked to agree, gets no code, and pays nothing that needs an agreement (%s)',
    async (era) => {
      const answer = await target.callTool(mint(claims), 'pay_invoice', payment, { era, meta: canShowForms });
      expect(answer.message.result?.inputRequests).toBeUndefined();
      expect(sentenceOf(answer)).toBe(
        `This needs the agreement of a person. This is for people, and you call as ${words}; let a person sign in and do it. Nothing was done.`,
      );
      expect(await payments()).toBe(paid);
    },
  );

  it('cannot use the code that a person was given, though it has the person’s id', async () => {
    const sentence = sentenceOf(await target.callTool(person, 'pay_invoice', payment));
    const confirmation_code = /"([A-Z2-9-]{40})"/.exec(sentence)?.[1];
    expect(confirmation_code).toBeDefined();
    const stolen = await target.callTool(mint(claims), 'pay_invoice', { ...payment, confirmation_code });
    expect(sentenceOf(stolen)).toMatch(/^This needs the agreement of a person\./);
    expect(await payments()).toBe(paid);
  });

  it('cannot answer the question that a person was asked', async () => {
    const asked = await target.callTool(person, 'pay_invoice', payment, { meta: canShowForms });
    const { requestState } = asked.message.result ?? {};
    expect(requestState).toBeDefined();
    const answer = await target.callTool(mint(claims), 'pay_invoice', payment, {
      meta: canShowForms,
      params: { requestState, ...agreement },
    });
    expect(answer.message.result?.structuredContent).toBeUndefined();
    expect(await payments()).toBe(paid);
  });

  it('does what needs nobody’s agreement, and is on record as what it is', async () => {
    const { message, headers } = await target.callTool(mint(claims), 'get_products', {});
    expect(message.result?.isError).not.toBe(true);
    expect(await trailOf(headers.get('x-correlation-id'))).toEqual([
      expect.objectContaining({
        decision: 'allowed',
        actor,
        ...(claims.xms_par_app_azp !== undefined && { parentApplication: blueprint }),
      }),
    ]);
  });
});

describe('a session of 2025 that a person began', () => {
  const era: Era = '2025-11-25';

  async function begin(token: string): Promise<string> {
    const params = {
      protocolVersion: era,
      clientInfo: { name: 'test', version: '1' },
      capabilities: { elicitation: { form: {} } },
    };
    const { headers } = await target.rpc({ era, method: 'initialize', params, token });
    return headers.get('mcp-session-id') ?? expect.fail('There is no session.');
  }

  const ask = (token: string, id: string) =>
    target.rpc({ era, method: 'ping', token, headers: { 'mcp-session-id': id } });

  it.each(programs)('is not there for %s', async (_actor, _words, claims) => {
    const [own, agents] = [await begin(person), await begin(mint(claims))];
    expect((await ask(person, own)).status).toBe(200);
    expect((await ask(mint(claims), agents)).status).toBe(200);
    expect((await ask(mint(claims), own)).status).toBe(404);
    expect((await ask(person, agents)).status).toBe(404);
  });

  it('takes no answer of an agent to what its person is asked', async () => {
    const id = await begin(person);
    const answer = await target.send({
      token: mint(agentForPerson),
      headers: { 'mcp-session-id': id, 'mcp-protocol-version': era },
      body: { jsonrpc: '2.0', id: 1, result: agreement.inputResponses.confirm },
    });
    expect(answer.status).toBe(404);
  });
});
