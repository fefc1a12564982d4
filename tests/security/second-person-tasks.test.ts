import { describe, expect, it } from 'vitest';
import { auditStore } from '#platform/storage/audit-store';
import { testStorage } from '../support/azurite.ts';
import { sentenceOf } from './door.ts';
import { approvalIn, secondPersonWorld } from './second-person-world.ts';

/** What waits for a second person, as a task and in the trail. */

const takesTasks = {
  'io.modelcontextprotocol/clientCapabilities': { extensions: { 'io.modelcontextprotocol/tasks': {} } },
};
/** As the tests' tokens say. */
const calledInTokens = 'Sara Sample';
const showsPages = {
  'io.modelcontextprotocol/clientCapabilities': {
    extensions: {
      'io.modelcontextprotocol/tasks': {},
      'io.modelcontextprotocol/ui': { mimeTypes: ['text/html;profile=mcp-app'] },
    },
  },
};
const { target, engine, invoice, mint, bill, anna, ask, pay, change, decide, paid, record } =
  secondPersonWorld();

describe('as a task', () => {
  const begin = async () => {
    const { message } = await target().callTool(
      bill(),
      'pay_invoice',
      { invoice_id: invoice(), amount: 60 },
      { meta: takesTasks },
    );
    return (message.result as unknown as { taskId: string }).taskId;
  };
  const look = (taskId: string, token = bill(), method = 'tasks/get', meta: typeof takesTasks = takesTasks) =>
    target().rpc({ method, params: { taskId }, token, meta, headers: { 'mcp-name': taskId } });

  it('it waits, ends with the answer of the call, and is nobody else’s', async () => {
    const taskId = await begin();
    expect((await look(taskId)).text).toContain('"status":"working"');
    expect((await look(taskId, mint('c1', ['query', 'billing', 'security']))).message.error?.message).toMatch(
      /^Task not found/,
    );
    await decide(anna(), taskId);
    const { message } = await look(taskId);
    expect(message.result).toMatchObject({
      status: 'completed',
      result: { structuredContent: { invoice_id: invoice(), outstanding: 30 } },
    });
  });

  it.each([
    ['declined', () => ({}), 'conflict', 'A second person declined this'],
    ['bound to something that was changed', () => ({ policy: 'another' }), 'conflict', 'changed after'],
    ['decided by nobody', () => ({ expiresAt: new Date().toISOString() }), 'conflict', 'Nobody decided'],
  ])(
    'it is refused where it is %s, as pages are told by its code and others are not',
    async (_, fields, code, words) => {
      const taskId = await begin();
      await change(taskId, fields());
      await decide(anna(), taskId, 'decline');
      const [page, other] = [await look(taskId, bill(), 'tasks/get', showsPages), await look(taskId)];
      expect(page.message.result).toMatchObject({ result: { isError: true, _meta: { failure: code } } });
      expect(other.message.result).not.toHaveProperty('result._meta');
      for (const { text } of [page, other]) {
        expect(text).toContain(words);
      }
    },
  );

  it('it is refused where somebody approved what cannot be carried out any more', async () => {
    const taskId = await begin();
    await pay({ amount: 40 });
    await decide(anna(), taskId);
    const { message } = await look(taskId, bill(), 'tasks/get', showsPages);
    expect(message.result).toMatchObject({ result: { isError: true, _meta: { failure: 'refused' } } });
    expect(JSON.stringify(message.result)).toContain('could not be carried out');
    expect(await paid()).toEqual([40]);
  });

  it('it can be called off, and then not be approved', async () => {
    const taskId = await begin();
    await look(taskId, bill(), 'tasks/cancel');
    expect((await look(taskId)).text).toContain('"status":"cancelled"');
    expect(sentenceOf(await decide(anna(), taskId))).toMatch(/^This is decided or over already/);
    expect(await paid()).toEqual([]);
  });
});

it('request, decision and payment are in the trail under one id, with both persons', async () => {
  const { headers } = await target().callTool(bill(), 'pay_invoice', {
    invoice_id: invoice(),
    amount: 60,
    idempotency_key: 'trail',
  });
  const asked = await target().callTool(bill(), 'pay_invoice', {
    invoice_id: invoice(),
    amount: 60,
    idempotency_key: 'trail',
  });
  await decide(anna(), approvalIn(asked));
  await target().app.close();
  const found = [];
  const { slug } = target().tenants[0];
  const since = new Date(Date.now() - 3_600_000);
  for await (const entry of auditStore(await testStorage()).read({ tenant: slug, since, now: new Date() })) {
    if (entry.correlationId === headers.get('x-correlation-id')) {
      found.push(entry);
    }
  }
  const outcomes = found.map(({ tool, outcome }) => `${tool} ${outcome}`);
  expect(outcomes).toEqual(
    expect.arrayContaining(['pay_invoice approval_required', 'decide_approval ok', 'pay_invoice ok']),
  );
  const made = found.find(({ tool, outcome }) => tool === 'pay_invoice' && outcome === 'ok');
  const decided = found.find(({ tool, outcome }) => tool === 'decide_approval' && outcome === 'ok');
  expect(made?.reason).toContain(`approved_by:${decided?.user}`);
  expect(made?.user).not.toBe(decided?.user);
});

it('neither log nor engine has anything of what was asked for, or of who is called how; neither has the trail', async () => {
  const id = await ask({ amount: 59.37 });
  expect(await record(id)).toMatchObject({ userName: calledInTokens, decidedBy: null });
  await decide(anna(), id);
  await engine().run();
  const kept = JSON.stringify([...engine().instances]);
  for (const marker of ['59.37', 'Seen the contract', String(invoice()), calledInTokens]) {
    expect(kept).not.toContain(marker);
    expect(target().logLines.join('\n')).not.toContain(marker);
  }
  expect(kept).toContain(id);
  const trail: unknown[] = [];
  for await (const row of auditStore(await testStorage()).rows(target().tenants[0].slug)) {
    trail.push(row);
  }
  expect(trail.length).toBeGreaterThan(3);
  expect(JSON.stringify(trail)).not.toContain(calledInTokens);
});
