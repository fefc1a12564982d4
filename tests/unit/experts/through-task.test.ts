import { expect, it } from 'vitest';
import { throughTask } from '#platform/experts/approval/through-task';
import type { ConversationTurn, DecidedChange, StoredConversation } from '#platform/experts/ports';
import type { Principal } from '#platform/identity/principal';
import { tenantId } from '#platform/identity/tenant';
import { ToolRegistry } from '#platform/mcp/registry';
import type { TaskState } from '#platform/mcp/tasks/ports';

const done = '2026-11-29T12:00:00.000Z';
const minutes = (count: number) => new Date(Date.parse(done) + count * 60_000);

const pay = (invoice_id: number) => ({
  domain: 'billing',
  description: `This would pay invoice ${invoice_id}.`,
  tool: 'pay_invoice',
  arguments: { invoice_id, idempotency_key: `key-${invoice_id}` },
});
const decided = (one: number): DecidedChange => ({ change: pay(one), outcome: 'refused', sentence: 'No.' });

const task: TaskState = {
  id: 'a-task',
  tool: 'ask_billing_expert',
  status: 'completed',
  createdAt: done,
  updatedAt: done,
  ttlMs: 3_600_000,
  pollIntervalMs: 1_000,
  result: {
    content: [],
    structuredContent: { answer: 'Two payments wait.', conversation_id: 'c', continue: {} },
  },
};

const principal: Principal = {
  tenant: tenantId('contoso'),
  user: 'directory:user',
  application: 'app',
  actor: 'person',
  roles: [],
  permissions: new Set(),
  expiresAt: 0,
};

function dialogueOf(turn: Partial<ConversationTurn>, { canBeAsked = true, now = minutes(1) } = {}) {
  const last = {
    question: 'Pay.',
    answer: 'Two payments wait.',
    status: 'needs_input',
    citations: [],
  } as const;
  const stored: StoredConversation = {
    id: 'c',
    conversation: {
      domain: 'billing',
      summary: '',
      turns: [{ ...last, waiting: [pay(1), pay(2)], ...turn }],
    },
    etag: 'e',
    chunks: 1,
  };
  const never = () => expect.fail('Nothing is written.');
  return throughTask({
    means: { run: never, registry: new ToolRegistry([]) },
    conversationsFor: () => ({ load: async () => stored, create: never, save: never }),
    answers: { asked: async () => canBeAsked, replace: never },
    claim: never,
    now: () => now,
  });
}

it('shows the change that is next as a question, with the call as it would be made and without its key', async () => {
  const { result: _, ...open } = task;
  expect(await dialogueOf({}).asking(task, principal)).toEqual({
    ...open,
    status: 'input_required',
    message: 'An expert proposes a change: it waits for an answer.',
    inputRequests: {
      'change-1': expect.objectContaining({
        params: expect.objectContaining({
          message:
            'This would pay invoice 1. An expert proposes pay_invoice with invoice_id 1. Do you agree?',
        }),
      }),
    },
  });
  const wish = 'Where this comes from: get_ticket (invoice_id).';
  const wished = await dialogueOf({ waiting: [{ ...pay(1), wish }] }).asking(task, principal);
  expect(JSON.stringify(wished.inputRequests)).toContain(`invoice_id 1. ${wish} Do you agree?`);
  const second = await dialogueOf({ decided: [decided(1)], waiting: [pay(2)] }).asking(task, principal);
  expect(Object.keys(second.inputRequests ?? {})).toEqual(['change-2']);
});

it.each([
  ['whose client cannot be asked', dialogueOf({}, { canBeAsked: false }), task],
  ['whose time is over', dialogueOf({}, { now: minutes(7) }), task],
  ['whose conversation went on', dialogueOf({ answer: 'You are welcome.' }), task],
  ['of which all was decided', dialogueOf({ decided: [decided(1), decided(2)], waiting: [] }), task],
  ['of which enough was asked', dialogueOf({ decided: [3, 4, 5, 6, 7].map(decided) }), task],
  ['that proposes nothing', dialogueOf({}), { ...task, result: { content: [], structuredContent: {} } }],
  ['that is not done', dialogueOf({}), { ...task, status: 'working' as const }],
])('leaves a task as it is %s', async (_which, dialogue, state) => {
  expect(await dialogue.asking(state, principal)).toBe(state);
});

it('asks nothing where a program calls by itself', async () => {
  expect(await dialogueOf({}).asking(task, { ...principal, actor: 'application' })).toBe(task);
});
