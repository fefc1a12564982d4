import { networkInterfaces } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { domainDefinitions } from '#contoso/experts/domains';
import type { AuditEntry } from '#platform/access/audit';
import { tenantId } from '#platform/identity/tenant';
import { accessOf, type Stack, startStack } from '../../emulators/stack/stack.ts';
import { readRegistry } from '../../gateway/registry.ts';
import { accessToken, callerOf, directToken } from '../../scripts/client/access.ts';
import { currentClient, formerClient } from '../../scripts/demo/clients.ts';
import { readTrail } from '../../scripts/trail/read-trail.ts';
import { callWith1x, callWith2x } from '../support/first-call.ts';
import { NewClient } from '../support/new-client.ts';

const hasIpv6 = Object.values(networkInterfaces())
  .flat()
  .some((at) => at?.address === '::1');

/** Under which this machine is reached. */
const names = ['127.0.0.1', 'localhost', ...(hasIpv6 ? ['[::1]'] : [])];

const silent = { step: () => {}, progress: () => {}, done: () => {} };

/** The same service in both forms that a deployment can have. */
describe.each([
  ['a backend for each tenant', false],
  ['one backend for all tenants', true],
])('%s', (_form, pooled) => {
  let stack: Stack;

  beforeAll(async () => {
    stack = await startStack({
      port: 0,
      ephemeral: true,
      pooled,
      dataStorage: undefined,
      settings: { TROUBLESHOOT_SECONDS: '2' },
      namedValues: { 'plan-standard-user-calls': '40' },
      report: silent,
      onHostLine: () => {},
    });
  }, 240_000);

  afterAll(async () => {
    await stack?.stop();
  });

  const tokenOf = (user: string) => accessToken(accessOf(stack, 'contoso').mcp, callerOf({ user }));

  /** One bare request. */
  function knock(url: string, token?: string, headers: Record<string, string> = {}): Promise<Response> {
    return fetch(url, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        Accept: 'application/json, text/event-stream',
        ...(token !== undefined && { Authorization: `Bearer ${token}` }),
        ...headers,
      },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list' }),
    });
  }

  it.each([
    ['2.x', callWith2x],
    ['1.x', callWith1x],
  ])('lets a %s client that knows only the address find its way from 401 to a call', async (_sdk, call) => {
    for (const name of names) {
      const mcp = accessOf(stack, 'contoso').mcp.replace('127.0.0.1', name);
      const client = new NewClient('quinn@contoso');
      expect(await call(mcp, client)).toMatchObject({ first_name: 'John', last_name: 'Doe' });
      expect(client.asked?.page).toContain('A new client');
    }
  });

  it.each(['oauth-authorization-server', 'openid-configuration'])(
    'says of each tenant what its sign-in can do (%s)',
    async (document) => {
      for (const { mcp } of Object.values(stack.tenants)) {
        const { origin, pathname } = new URL(mcp);
        const route = pathname.replace(/\/mcp$/, '');
        for (const path of [`/.well-known/${document}${route}`, `${route}/.well-known/${document}`]) {
          const answer = await fetch(`${origin}${path}`, { headers: { origin: 'https://any.example' } });
          expect(answer.headers.get('access-control-allow-origin')).toBe('*');
          expect(await answer.json()).toMatchObject({
            issuer: `${origin}${route}`,
            registration_endpoint: `${origin}${route}/oauth/register`,
            client_id_metadata_document_supported: true,
            authorization_response_iss_parameter_supported: true,
          });
        }
      }
    },
  );

  it.each([
    ['contoso', 'quinn@contoso', 200],
    ['fabrikam', 'quinn@fabrikam', 200],
    ['fabrikam', 'quinn@contoso', 403],
    ['contoso', 'quinn@fabrikam', 403],
    ['contoso', undefined, 401],
  ])('at the address of %s, %s gets %i', async (tenant, user, expected) => {
    const { mcp } = accessOf(stack, tenant);
    const token = user && (await accessToken(mcp, callerOf({ user })));
    expect((await knock(mcp, token)).status).toBe(expected);
  });

  it('refuses people of an organisation that is not onboarded, with a good token and without', async () => {
    const { mcp, authority } = accessOf(stack, 'contoso');
    const sam = callerOf({ user: 'sam@stranger' });
    expect((await knock(mcp, await directToken(authority, mcp, sam))).status).toBe(403);
    await expect(accessToken(mcp, sam)).rejects.toThrow('There is no user "sam@stranger" in this directory.');
  });

  it('keeps the people of the tenants apart', async () => {
    const names = [];
    for (const tenant of ['contoso', 'fabrikam']) {
      const { mcp: url } = accessOf(stack, tenant);
      const client = await currentClient({
        url,
        token: await accessToken(url, callerOf({ user: `quinn@${tenant}` })),
      });
      const { data } = await client.call('get_customer_detail', { customer_id: 251 });
      names.push(data.last_name);
      await client.close();
    }
    expect(names[0]).toBe('Doe');
    expect(names[1]).not.toBe('Doe');
  });

  it('refuses whoever comes past the gateway, with a good token too', async () => {
    const token = await tokenOf('quinn@contoso');
    for (const { backend } of Object.values(stack.tenants)) {
      expect((await knock(backend, token)).status).toBe(403);
      expect((await knock(backend.replace('/mcp', '/agentic/mcp'), token)).status).toBe(403);
    }
  });

  it.each([
    ['2.x', currentClient],
    ['1.x', formerClient],
  ])('streams the progress of a long job through to the %s client', async (_name, connect) => {
    const { agentic: url } = accessOf(stack, 'contoso');
    const client = await connect({ url, token: await tokenOfExperts('quinn@contoso') });
    const seen: number[] = [];
    const answer = await client.call(
      'trouble_shoot_device',
      { detail: 'Slow in the evening.', device_name: 'router-7', subscription_id: 258 },
      (progress) => seen.push(progress),
    );
    await client.close();
    expect(answer.refused, answer.text).toBe(false);
    expect(seen.length).toBeGreaterThan(5);
    expect(seen).toEqual([...new Set(seen)].sort((one, other) => one - other));
    expect(answer.data).toMatchObject({ device_name: 'router-7', status: 'attention_needed' });
  });

  const tokenOfExperts = (user: string) =>
    accessToken(accessOf(stack, 'contoso').agentic, callerOf({ user }));

  it('answers through an expert and remembers the conversation', async () => {
    const { agentic: url } = accessOf(stack, 'contoso');
    const client = await currentClient({ url, token: await tokenOfExperts('quinn@contoso') });
    expect(await client.toolNames()).toEqual([
      'ask_expert',
      ...Object.values(domainDefinitions).map(({ askTool }) => askTool),
      'trouble_shoot_device',
    ]);
    const steps: string[] = [];
    const question = 'Why is the last invoice of customer 251 so high?';
    const answer = await client.call('ask_billing_expert', { question }, (_p, _t, message) =>
      steps.push(message),
    );
    const { conversation_id } = answer.data;
    const followUp = await client.call('ask_billing_expert', {
      question: 'And what can I do about it?',
      conversation_id,
    });
    await client.close();
    expect(answer.text).toContain('100.00');
    expect(answer.data.citations).toContain('Data Overage Policy');
    expect(steps.length).toBeGreaterThan(2);
    expect(followUp.data).toMatchObject({ status: 'done', conversation_id });
  });

  it('goes on with a conversation after its backend was killed', async () => {
    const { agentic: url } = accessOf(stack, 'contoso');
    const token = await tokenOfExperts('bill@contoso');
    const before = await currentClient({ url, token });
    const asked = await before.call('ask_billing_expert', { question: 'What does customer 258 owe?' });
    await before.close();
    await stack.crash('contoso');
    const after = await currentClient({ url, token });
    const { conversation_id } = asked.data;
    const answer = await after.call('ask_billing_expert', { question: 'And since when?', conversation_id });
    await after.close();
    expect(answer.data.conversation_id).toBe(conversation_id);
    expect(answer.refused).toBe(false);
  });

  /** Entries of that kind in a trail, once there are so many. */
  async function trailOf(
    backend: string,
    trail: string,
    kind: (entry: AuditEntry) => boolean,
    least: number,
  ): Promise<AuditEntry[]> {
    const { dataStorage } = accessOf(stack, backend);
    const read = async () =>
      (await readTrail({ dataStorage, tenant: tenantId(trail), seconds: 600 })).filter(kind);
    await expect.poll(async () => (await read()).length, { timeout: 60_000 }).toBeGreaterThanOrEqual(least);
    return read();
  }

  it('has on record what the gateway refuses: who lacked a permission, and how many proved nothing', async () => {
    const { mcp } = accessOf(stack, 'contoso');
    const call = { 'Mcp-Method': 'tools/call', 'Mcp-Name': 'unlock_account' };
    const refused = await knock(mcp, await tokenOf('quinn@contoso'), call);
    expect([refused.status, refused.headers.get('content-type')]).toEqual([403, 'application/problem+json']);
    const reason = 'missing:security.write';
    const [entry, ...more] = await trailOf('contoso', 'contoso', (one) => one.reason === reason, 1);
    expect(more).toEqual([]);
    expect(entry).toMatchObject({ tool: 'unlock_account', decision: 'denied', outcome: 'refused' });
    const { user = '' } = entry ?? {};
    expect(user.split(':')[0]).toBe(
      readRegistry().tenants.find(({ slug }) => slug === 'contoso')?.tenantIds[0],
    );

    for (let count = 0; count < 3; count += 1) {
      expect((await knock(mcp)).status).toBe(401);
    }
    const counted = ({ reason: one, count }: AuditEntry) => one === 'no_token' && count !== undefined;
    const nobody = () => trailOf('contoso', 'platform', counted, 1);
    await expect
      .poll(async () => (await nobody()).reduce((sum, { count = 0 }) => sum + count, 0), { timeout: 60_000 })
      .toBeGreaterThanOrEqual(3);
    expect((await nobody()).every(({ user: who, tenant }) => who === '' && tenant === undefined)).toBe(true);
  });

  it('lets nobody but the gateway report what was refused', async () => {
    const token = await tokenOf('sara@contoso');
    for (const { backend, mcp } of Object.values(stack.tenants)) {
      const reports = backend.replace('/mcp', '/gateway/refusals');
      expect((await knock(reports, token)).status).toBe(403);
      expect((await knock(reports, token, { 'X-Gateway-Key': 'guessed' })).status).toBe(403);
      const outside = mcp.replace(/\/mcp$/, '/gateway/refusals');
      expect((await knock(outside, token)).status).toBe(404);
    }
  });

  it('answers 429 and says when to come back, to the user who asks too often and to nobody else', async () => {
    const { mcp } = accessOf(stack, 'fabrikam');
    const token = await accessToken(mcp, callerOf({ user: 'agnes@fabrikam' }));
    const answers = await Promise.all(Array.from({ length: 45 }, () => knock(mcp, token)));
    const refused = answers.filter((answer) => answer.status === 429);
    expect(refused.length).toBeGreaterThan(0);
    const onRecord = await trailOf(
      'fabrikam',
      'fabrikam',
      ({ reason }) => reason === 'too_many_calls',
      refused.length,
    );
    expect(onRecord).toHaveLength(refused.length);
    expect(new Set(onRecord.map(({ user }) => user)).size).toBe(1);
    expect(Number(refused[0]?.headers.get('retry-after'))).toBeGreaterThan(0);
    const other = await accessToken(mcp, callerOf({ user: 'quinn@fabrikam' }));
    expect((await knock(mcp, other)).status).toBe(200);
  });
});
