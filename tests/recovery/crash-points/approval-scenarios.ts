import { setTimeout as wait } from 'node:timers/promises';
import { agreed, payment } from './asking.ts';
import type { Books } from './books.ts';
import type { CrashClient } from './client.ts';
import { type Scenario, unequal } from './scenario.ts';
import { type Subject, tokenOf } from './subjects.ts';

const tool = 'pay_invoice';
/** More than one person may pay by themselves here, in dollars. */
const amount = 250;
/** Milliseconds between two looks at what becomes of it. */
const betweenLooks = 200;

/** Asks for it, or how it stands. @returns the answer once it was carried out; undefined while it waits */
async function asked(client: CrashClient, subject: Subject): Promise<unknown> {
  const { isError, content } = await client.call(tool, payment(subject, amount));
  if (!isError) {
    return content;
  }
  const [, id] = /approval ([0-9a-f]{48})/.exec(String(content)) ?? [];
  if (id === undefined) {
    throw new Error(String(content));
  }
  subject.memory.set('approval', id);
  return undefined;
}

/** As somebody else decides who may; that it is decided is no error, when the one who died had come so far. */
async function decided(client: CrashClient, subject: Subject): Promise<void> {
  const other = client.as(tokenOf(secondOf(subject), ['approver']));
  const args = { approval_id: subject.memory.get('approval'), decision: 'approve', reason: 'Seen' };
  await agreed(other, 'decide_approval', args).catch((error: Error) => {
    if (!/^This is decided or over already/.test(error.message)) {
      throw error;
    }
  });
}

/** The one who decides. */
const secondOf = ({ user }: Subject) => `${user}-second`;

async function carriedOut(client: CrashClient, subject: Subject): Promise<unknown> {
  for (;;) {
    const answer = await asked(client, subject);
    if (answer !== undefined) {
      return answer;
    }
    await wait(betweenLooks);
  }
}

const ended = ({ approvals }: Books) => approvals.filter(({ state }) => state === 'done').length;

export const approvals: readonly Scenario[] = [
  {
    name: 'an approval',
    tool,
    along: ['decide_approval'],
    door: 'host',
    settings: { APPROVE_ABOVE: '200', CONFIRM_PAYMENTS_ABOVE: '1000000' },
    async act(client, subject) {
      const answer = await asked(client, subject);
      if (answer !== undefined) {
        return answer;
      }
      await decided(client, subject);
      return await carriedOut(client, subject);
    },
    done: ({ payments }) => payments.length,
    torn: ({ payments, receipts, approvals: all }) => [
      ...unequal('payments and kept answers', payments.length, receipts),
      ...(payments.length > all.filter(({ decidedBy }) => decidedBy !== null).length
        ? ['a payment that nobody approved']
        : []),
      ...(all.length > 1 ? ['it waits twice'] : []),
    ],
    wrong: (books, subject) => [
      ...unequal('approvals that were carried out', ended(books), 1),
      ...(books.approvals.every(({ decidedBy }) => decidedBy?.endsWith(`:${secondOf(subject)}`))
        ? []
        : ['somebody else decided than the one who did']),
    ],
  },
];
