import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AuditEntry } from '#platform/access/audit';
import { auditStore } from '#platform/storage/audit-store';
import { testStorage } from '../support/azurite.ts';
import { eras } from './door-messages.ts';
import { startTarget, type Target } from './target.ts';

let target: Target;
let token: string;

beforeAll(async () => {
  target = await startTarget();
  token = target.authority.mint(target.tenants[0].tid, { roles: ['security'] });
});

afterAll(() => target?.stop());

/** A call with an argument of this JSON. */
function send(era: string, json: string) {
  const modern = era === '2026-07-28';
  const meta = `"_meta":{"io.modelcontextprotocol/protocolVersion":"${era}","io.modelcontextprotocol/clientCapabilities":{}},`;
  const params = `${modern ? meta : ''}"name":"get_customer_detail","arguments":{"customer_id":${json}}`;
  return target.send({
    token,
    headers: {
      'mcp-protocol-version': era,
      ...(modern && { 'mcp-method': 'tools/call', 'mcp-name': 'get_customer_detail' }),
    },
    body: `{"jsonrpc":"2.0","id":"seven","method":"tools/call","params":{${params}}}`,
  });
}

async function trail(): Promise<AuditEntry[]> {
  await target.app.close();
  const now = new Date();
  const query = { tenant: target.tenants[0].slug, since: new Date(now.getTime() - 3_600_000), now };
  const entries: AuditEntry[] = [];
  for await (const entry of auditStore(await testStorage()).read(query)) {
    entries.push(entry);
  }
  return entries;
}

const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;
const members = (count: number) => `{${Array.from({ length: count }, (_, at) => `"k${at}":0`).join()}}`;

describe.each(eras)('a message that is more than anybody needs (%s)', (era) => {
  it.each([
    ['65 levels deep', nested(65 - 3), /nests more than 64 levels deep; send a smaller one/],
    ['3,000 levels deep', nested(3_000), /nests more than 64 levels deep; send a smaller one/],
    ['400,000 levels deep', nested(400_000), /nests more than 64 levels deep; send a smaller one/],
    ['full of values', members(50_000), /has more than 10000 values; send a smaller one/],
  ])('%s is refused in our words, on record', async (_what, json, sentence) => {
    const before = (await trail()).length;
    const { status, message } = await send(era, json);
    expect(status).toBe(400);
    expect(message).toMatchObject({
      id: 'seven',
      error: { code: -32600, message: expect.stringMatching(sentence) },
    });
    const added = (await trail()).slice(before);
    expect(added).toEqual([
      expect.objectContaining({
        tool: 'get_customer_detail',
        decision: 'denied',
        reason: 'invalid_message',
        user: `${target.tenants[0].tid}:${added[0]?.user.split(':')[1]}`,
      }),
    ]);
  });

  it('is answered up to that like any other', async () => {
    for (const json of [nested(64 - 3), members(9_000)]) {
      const { status, text, message } = await send(era, json);
      expect(status).toBe(200);
      expect(message.result?.content?.[0]?.text).toMatch(
        /^Invalid arguments for get_customer_detail: customer_id/,
      );
      expect(text).not.toMatch(/call stack/);
    }
  });
});
