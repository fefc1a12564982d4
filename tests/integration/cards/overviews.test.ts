import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AuditEntry } from '#platform/access/audit';
import { cardMimeType, cardsExtensionId } from '#platform/mcp/definitions/card';
import { auditStore } from '#platform/storage/audit-store';
import { overTheCap } from '#seed/scenarios/9-over-the-cap';
import { storyOf } from '#seed/scenarios/scenario';
import { anAuditEntry } from '../../support/audit-entry.ts';
import { freshTenant, testStorage } from '../../support/azurite.ts';
import { today, tokenFor } from '../../support/service.ts';
import { eras, type Mode } from '../mcp/instance-clients.ts';
import { type CardsWorld, startCardsWorld } from './cards-world.ts';

/** What pages list of the service itself: one's own jobs, what one asked for that waits, the trail. */

let world: CardsWorld;
const clients: Client[] = [];

beforeAll(async () => {
  world = await startCardsWorld(undefined, { APPROVE_ABOVE: '10', CONFIRM_PAYMENTS_ABOVE: '1000' });
});
afterAll(async () => {
  await Promise.all(clients.map((client) => client.close()));
  await world?.close();
});

interface Who {
  readonly mode: Mode;
  readonly user: string;
  readonly roles: readonly string[];
  readonly at?: '/mcp' | '/agentic/mcp';
  /** Shows pages, unless said otherwise. */
  readonly showsCards?: boolean;
}

async function connect({ mode, user, roles, at = '/mcp', showsCards = true }: Who): Promise<Client> {
  const extensions = showsCards ? { [cardsExtensionId]: { mimeTypes: [cardMimeType] } } : {};
  const client = new Client(
    { name: 'test', version: '1' },
    { versionNegotiation: { mode }, capabilities: { extensions } },
  );
  const Authorization = `Bearer ${tokenFor(world.tenant, roles, user)}`;
  await client.connect(
    new StreamableHTTPClientTransport(new URL(at, world.origin), {
      requestInit: { headers: { Authorization } },
    }),
  );
  clients.push(client);
  return client;
}

/** What of the answers the tests look at. */
interface Data {
  readonly jobs: readonly { readonly task_id: string }[];
  readonly requests: readonly { readonly approval_id: string }[];
  readonly result: string;
  readonly entries: readonly { readonly duration_ms: number }[];
  readonly next_cursor: string;
}

async function call(client: Client, name: string, args: object = {}) {
  const { structuredContent, content, _meta } = await client.callTool({ name, arguments: { ...args } });
  const { failure } = (_meta ?? {}) as { readonly failure?: string };
  return { data: structuredContent as unknown as Data, said: JSON.stringify(content), failure };
}

/** What a call says, also where the protocol refuses it. */
async function said(client: Client, name: string, args: object = {}): Promise<string> {
  return await call(client, name, args).then(
    (answer) => answer.said,
    (error: Error) => error.message,
  );
}

describe.each(eras)('a client of %s', (_version, mode) => {
  it('lists, reads and cancels the jobs of its user, and of nobody else', async () => {
    const at = '/agentic/mcp';
    const user = `quinn-${mode}`;
    const [client, other, stranger] = await Promise.all([
      connect({ mode, user, roles: ['query'], at }),
      connect({ mode, user: `olga-${mode}`, roles: ['query'], at }),
      connect({ mode, user, roles: ['billing'], at }),
    ]);
    expect((await call(client, 'list_jobs')).data).toEqual({ jobs: [], more: false });
    const begin = (detail: string) =>
      client
        .callTool({ name: 'trouble_shoot_device', arguments: { device_name: 'Router', detail } })
        .catch(() => undefined);
    const ends = begin('Slow');
    await expect.poll(async () => (await call(client, 'list_jobs')).data.jobs).toHaveLength(1);
    const [job] = (await call(client, 'list_jobs')).data.jobs;
    const task_id = job?.task_id ?? '';
    expect(job).toMatchObject({ tool: 'trouble_shoot_device', status: 'working', progress: 0 });
    expect(JSON.stringify((await call(other, 'list_jobs')).data)).not.toContain(task_id);
    for (const name of ['read_job', 'cancel_job']) {
      expect(await said(other, name, { task_id })).toContain('You have no such job');
      expect(await said(stranger, name, { task_id })).toContain('the permission diagnostics.run');
    }
    expect((await call(client, 'read_job', { task_id })).data).not.toHaveProperty('data');
    expect((await call(client, 'cancel_job', { task_id })).data).toMatchObject({ status: 'cancelled' });
    await ends;
    expect((await call(client, 'list_jobs')).data.jobs).toMatchObject([{ task_id, status: 'cancelled' }]);
  });

  it('lists and withdraws what its user asked for and waits, and of nobody else', async () => {
    const amount = mode === 'auto' ? 11 : 12;
    const { latestInvoice } = storyOf(world.tenant.data, today(), overTheCap.customerId);
    const roles = ['query', 'billing'];
    const [bill, other, reader] = await Promise.all([
      connect({ mode, user: `bill-${mode}`, roles }),
      connect({ mode, user: `sara-${mode}`, roles: ['security'] }),
      connect({ mode, user: `bill-${mode}`, roles: ['query'] }),
    ]);
    expect((await call(bill, 'list_requests')).data).toEqual({ requests: [] });
    await call(bill, 'pay_invoice', { invoice_id: latestInvoice.invoice_id, amount, method: 'ach' });
    expect((await call(bill, 'list_requests')).data.requests).toMatchObject([
      { tool: 'pay_invoice', what: expect.stringContaining(`$${amount}.00`) },
    ]);
    expect((await call(other, 'list_requests')).data).toEqual({ requests: [] });
    const [{ approval_id } = { approval_id: '' }] = (await call(bill, 'list_requests')).data.requests;
    for (const name of ['list_requests', 'withdraw_request']) {
      expect(await said(reader, name, { approval_id })).toContain('the permission billing.write');
    }
    expect(await said(other, 'withdraw_request', { approval_id })).toContain('You asked for no such thing');
    expect((await call(bill, 'withdraw_request', { approval_id })).data.result).toContain('was withdrawn');
    expect((await call(bill, 'list_requests')).data).toEqual({ requests: [] });
  });

  it('is not on record as one that guesses names when a page calls what is for pages', async () => {
    const at = '/agentic/mcp';
    const [pages, guesser] = [`pages-${mode}`, `guesser-${mode}`];
    const [client, bare, sara] = await Promise.all([
      connect({ mode, user: pages, roles: ['query'], at }),
      connect({ mode, user: guesser, roles: ['query'], at, showsCards: false }),
      connect({ mode, user: 'sara', roles: ['security'] }),
    ]);
    const lines = async (user: string, tool: string) => {
      const until = new Date(world.engine.now().getTime() + 60_000).toISOString();
      return (await call(sara, 'read_trail', { user, tool, until })).data.entries.length;
    };
    await call(client, 'list_jobs');
    expect(await said(bare, 'list_jobs')).toContain('Unknown tool');
    expect(await said(client, 'cancel_job', { task_id: 'none' })).toContain('You have no such job');
    await expect.poll(() => lines(pages, 'cancel_job')).toBe(1);
    expect(await lines(pages, 'unknown')).toBe(0);
    // of an older revision only the session knows what a client shows
    await expect.poll(() => lines(guesser, 'unknown')).toBe(mode === 'auto' ? 1 : 0);
  });

  it('is told by a code whether a call was refused or failed; one that shows no cards is not', async () => {
    const who = { mode, user: 'codes', roles: ['query'] };
    const [cards, bare] = await Promise.all([connect(who), connect({ ...who, showsCards: false })]);
    const ask = async (client: Client) =>
      (await call(client, 'get_customer_detail', { customer_id: 999_999 })).failure;
    // twice: calls of a kind that is known are answered in another way
    expect([await ask(cards), await ask(cards)]).toEqual(['not_found', 'not_found']);
    expect([await ask(bare), await ask(bare)]).toEqual([undefined, undefined]);
    world.storage.fault = { pattern: /./, effect: 'fail' };
    const codes = [await ask(cards), await ask(bare)];
    world.storage.release();
    expect(codes).toEqual(['unavailable', undefined]);
  });

  it('reads the trail of its own tenant for security alone, filtered and a page at a time', async () => {
    const { slug: tenant, tid } = world.tenant;
    const store = auditStore(await testStorage());
    const tool = `tool-${mode}`;
    const now = world.engine.now().getTime();
    const entry = (number: number, more: Partial<AuditEntry> = {}) => {
      const time = new Date(now - 60_000 * number).toISOString();
      return anAuditEntry(number, {
        id: `${mode}-${number}`,
        time,
        tenant,
        tool,
        user: `${tid}:ada`,
        ...more,
      });
    };
    await store.write([
      entry(1),
      entry(2, { user: `${tid}:bob` }),
      entry(3, { decision: 'denied', outcome: 'denied' }),
      entry(4, { outcome: 'conflict' }),
      entry(5),
      entry(3_000),
    ]);
    const elsewhere = freshTenant();
    await store.write([entry(6, { tenant: elsewhere, user: 'elsewhere:eve' })]);
    const [sara, quinn] = await Promise.all([
      connect({ mode, user: 'sara', roles: ['security'] }),
      connect({ mode, user: 'quinn', roles: ['query', 'billing', 'agent', 'approver'] }),
    ]);
    expect(await said(quinn, 'read_trail')).toContain('the permission trail.read');
    const minutes = async (args: object) => {
      const { data } = await call(sara, 'read_trail', { tool, ...args });
      return data.entries.map((one) => one.duration_ms);
    };
    expect(await minutes({})).toEqual([1, 2, 3, 4, 5]);
    expect(await minutes({ user: 'bob' })).toEqual([2]);
    expect(await minutes({ user: `${tid}:bob` })).toEqual([2]);
    expect(await minutes({ user: 'eve' })).toEqual([]);
    expect(await minutes({ outcome: 'denied' })).toEqual([3]);
    expect(await minutes({ outcome: 'failed' })).toEqual([4]);
    expect(await minutes({ outcome: 'ok', until: new Date(now - 90_000).toISOString() })).toEqual([2, 5]);
    const longAgo = new Date(now - 4_000 * 60_000).toISOString();
    expect(await minutes({ since: longAgo })).toEqual([1, 2, 3, 4, 5, 3_000]);

    const first = (await call(sara, 'read_trail', { tool, limit: 2 })).data;
    const cursor = first.next_cursor;
    expect(await minutes({ limit: 2, cursor })).toEqual([3, 4]);
    expect(await said(sara, 'read_trail', { cursor })).toContain('The cursor belongs to another search');
    expect(await said(sara, 'read_trail', { tool, cursor: 'e30' })).toContain('The cursor is not one');
    expect(await said(sara, 'read_trail', { since: longAgo, until: longAgo })).toContain('since must be');
    // neither arguments nor the tokens of callers
    expect(Object.keys(first.entries[0] ?? {})).not.toContain('argumentDigest');
    // who looked is on record, too
    const until = new Date(now + 60_000).toISOString();
    const looks = async () => (await call(sara, 'read_trail', { tool: 'read_trail', until })).data.entries;
    await expect.poll(looks).toContainEqual(expect.objectContaining({ user: `${tid}:sara`, outcome: 'ok' }));
    await expect
      .poll(looks)
      .toContainEqual(expect.objectContaining({ user: `${tid}:quinn`, decision: 'denied' }));
  });
});
