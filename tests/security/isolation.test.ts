import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { smallDataset } from '../support/small-dataset.ts';
import { bytesOf, owners, plan } from './isolation-calls.ts';
import { markedDataset, markersOf } from './markers.ts';
import { startTarget, type Target } from './target.ts';

let target: Target;
let tokens: readonly [string, string];

beforeAll(async () => {
  target = await startTarget({
    data: [markedDataset(owners[0], smallDataset), markedDataset(owners[1], smallDataset)],
  });
  const [first, second] = target.tenants;
  // The same user id in both directories: only the directory tells them apart.
  tokens = [
    target.authority.mint(first.tid, { roles: ['security'] }),
    target.authority.mint(second.tid, { roles: ['security'] }),
  ];
});

afterAll(() => target?.stop());

/** All that names the other tenant: its texts, its slug, its directory. */
function foreign(who: 0 | 1): readonly string[] {
  const other = who === 0 ? 1 : 0;
  const { slug, tid } = target.tenants[other];
  return [`${owners[other]}-`, slug, tid];
}

describe('200 calls at once by two tenants with the same ids', () => {
  it('not one byte of the other tenant in any answer, and every text of the own one is seen', async () => {
    const planned = plan(200);
    const answers = await Promise.all(
      planned.map(async ({ who, era, name, args }) => ({
        who,
        name,
        answer: await target.callTool(tokens[who], name, args, { era }),
      })),
    );
    const seen: [string, string] = ['', ''];
    for (const { who, name, answer } of answers) {
      expect([name, answer.status]).toEqual([name, 200]);
      const bytes = bytesOf(answer);
      for (const text of foreign(who)) {
        expect(bytes).not.toContain(text);
      }
      seen[who] += bytes;
    }
    for (const who of [0, 1] as const) {
      const unseen = markersOf(owners[who]).filter((marker) => !seen[who].includes(marker));
      expect(unseen).toEqual([]);
    }
  });

  it('what both wrote under the same keys stays apart', async () => {
    for (const who of [0, 1] as const) {
      const { text } = await target.callTool(tokens[who], 'get_support_tickets', { customer_id: 1 });
      expect(text).toContain(`${owners[who]}-written`);
      for (const other of foreign(who)) {
        expect(text).not.toContain(other);
      }
      const paid = await target.callTool(tokens[who], 'get_invoice_payments', { invoice_id: 101 });
      const { payments } = paid.message.result?.structuredContent ?? {};
      expect((payments as { amount: number }[]).filter(({ amount }) => amount === 0.01)).toHaveLength(1);
    }
  });

  it('lists and discovery too', async () => {
    const methods = ['tools/list', 'server/discover'] as const;
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, index) => {
        const who = (index % 2) as 0 | 1;
        const method = methods[Math.floor(index / 2) % 2] ?? methods[0];
        return target.rpc({ method, token: tokens[who] }).then((answer) => ({ who, answer }));
      }),
    );
    for (const { who, answer } of answers) {
      expect(answer.status).toBe(200);
      for (const text of foreign(who)) {
        expect(bytesOf(answer)).not.toContain(text);
      }
    }
  });

  it('roles of one caller never colour the list of another', async () => {
    const [{ tid }] = target.tenants;
    const nobody = target.authority.mint(tid, { roles: [] });
    const lists = await Promise.all(
      Array.from({ length: 60 }, async (_, index) => {
        const token = index % 2 === 0 ? nobody : tokens[0];
        const { message } = await target.rpc({ method: 'tools/list', token });
        return [index % 2, message.result?.tools?.length];
      }),
    );
    for (const [privileged, length] of lists) {
      if (privileged === 0) {
        expect(length).toBe(0);
      } else {
        expect(length).toBeGreaterThan(10);
      }
    }
  });
});
