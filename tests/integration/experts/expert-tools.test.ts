import { randomBytes } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import { domainDefinitions, expertDefinitions } from '#contoso/experts/domains';
import { offlinePlans } from '#contoso/experts/offline/plans/index';
import { callerWith } from '#evals/callers';
import { type Companies, evalNow, loadCompanies } from '#evals/companies';
import { recordingToolboxes } from '#evals/toolbox';
import { BusinessError } from '#platform/errors';
import { openConversations } from '#platform/experts/conversations';
import { expertTools } from '#platform/experts/expert-tools';
import { offlineModel } from '#platform/experts/models/offline/offline-model';
import type { ToolCall } from '#platform/mcp/definitions/tool';
import type { Storage } from '#platform/storage/connect';
import { testStorage } from '../../support/azurite.ts';

let storage: Storage;
let companies: Companies;
beforeAll(async () => {
  storage = await testStorage();
  companies = await loadCompanies(storage, randomBytes(6).toString('hex'));
});

interface Line {
  readonly message: string;
  readonly fields: unknown;
}

/** The tools as one process has them. */
function openProcess(lines: Line[] = []) {
  const now = () => evalNow;
  return expertTools(expertDefinitions, {
    modelFor: () => offlineModel(offlinePlans),
    answerWithinMs: 50_000,
    toolboxFor: (call, expert, handing) => recordingToolboxes(call).toolboxFor(expert, handing),
    conversationsFor: ({ principal: { tenant, user } }) =>
      openConversations({ storage, tenant, now }).of(user),
    logger: { log: (_level, message, fields) => lines.push({ message, fields }) },
  });
}

/** Asks through the definition, as the pipeline does: the arguments and the result are checked by their schemas. */
async function ask(name: string, args: object, roles: readonly string[] = ['query'], lines: Line[] = []) {
  const tool = openProcess(lines).find((candidate) => candidate.name === name);
  expect(tool).toBeDefined();
  if (tool === undefined) {
    throw new Error(name);
  }
  const progress: [number, number, string][] = [];
  const { tenant, store, knowledge } = companies.contoso;
  const call: ToolCall = {
    principal: callerWith(tenant, roles),
    store,
    knowledge,
    now: () => evalNow,
    policy: { confirmPaymentsAbove: 0, confirmPaymentsWithinHours: 24 },
    correlationId: 'call',
    signal: new AbortController().signal,
    progress: (...step) => progress.push(step),
  };
  const raw = await tool.handler(tool.input.parse(args), call);
  const result = tool.output.parse(raw);
  expect(raw, 'the schema tells all fields of the result').toEqual(result);
  return { result, progress, summary: tool.summary(result) };
}

const highInvoice = { question: 'Why is the last invoice of customer 251 so high?' };

test('every expert is a tool behind the permission to ask', () => {
  expect(openProcess().map(({ name, permission }) => [name, permission])).toEqual(
    Object.values(domainDefinitions).map(({ askTool }) => [askTool, 'experts.ask']),
  );
});

test('an answer has its documents, what to do next, and how to go on', async () => {
  const { result, summary } = await ask('ask_billing_expert', highInvoice);
  expect(result).toMatchObject({
    domain: 'billing',
    status: 'done',
    answer: expect.stringContaining('14.8 GB above the cap'),
    citations: expect.arrayContaining(['Data Overage Policy']),
    conversation_id: expect.stringMatching(/^[\w-]{32}$/),
    model: 'offline-playbooks',
  });
  expect(summary).toBe(result.answer);
});

test('every tool call is reported in plain words, and progress only grows', async () => {
  const { progress } = await ask('ask_billing_expert', highInvoice);
  expect(progress.map(([, , message]) => message)).toContain('Looking at the data usage');
  const steps = progress.map(([step]) => step);
  expect(steps).toEqual(steps.map((_, index) => index + 1));
  expect(progress.every(([step, total]) => step < total)).toBe(true);
});

test('a follow-up in another process uses what was said', async () => {
  const first = await ask('ask_billing_expert', highInvoice);
  const conversation_id = first.result.conversation_id;
  const { result } = await ask('ask_billing_expert', {
    question: 'and what can I do about it?',
    conversation_id,
  });
  expect(result.answer).toContain('until 2026-01-29');
  expect(result.conversation_id).toBe(conversation_id);
});

test('a conversation of another user does not exist', async () => {
  const { result } = await ask('ask_billing_expert', highInvoice);
  const { conversation_id } = result;
  await expect(
    ask('ask_billing_expert', { question: 'And?', conversation_id }, ['security']),
  ).rejects.toThrow('There is no such conversation');
});

test('a conversation stays with its expert', async () => {
  const { result } = await ask('ask_billing_expert', highInvoice);
  const { conversation_id } = result;
  await expect(ask('ask_product_expert', { question: 'And?', conversation_id })).rejects.toThrow(
    'This conversation is with ask_billing_expert',
  );
});

test('two questions at the same time: one is answered, the other is told to wait', async () => {
  const { result } = await ask('ask_billing_expert', highInvoice);
  const args = { question: 'What can I do about it?', conversation_id: result.conversation_id };
  const outcomes = await Promise.allSettled([
    ask('ask_billing_expert', args),
    ask('ask_billing_expert', args),
  ]);
  const failures = outcomes.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
  expect(failures).toHaveLength(1);
  expect(failures[0]).toBeInstanceOf(BusinessError);
  expect(failures[0]).toMatchObject({ code: 'conflict' });
});

test('a proposed change carries the call that would make it', async () => {
  const question = 'Please pay 95.50 dollars on the open invoice of customer 258.';
  const { result } = await ask('ask_billing_expert', { question }, ['query', 'billing']);
  expect(result.status).toBe('needs_input');
  expect(result.actions[0]).toMatchObject({ tool: 'pay_invoice', arguments: { amount: 95.5 } });
});

test('the log has counts and names, and nothing of what was said', async () => {
  const lines: Line[] = [];
  await ask('ask_billing_expert', highInvoice, ['query'], lines);
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatchObject({
    message: 'expert answered',
    fields: { domain: 'billing', model: 'offline-playbooks', status: 'done', toolCalls: 6 },
  });
  // how long it took may be any number
  const said = JSON.stringify(lines, (key, value) => (key === 'durationMs' ? undefined : value));
  expect(said).not.toMatch(/251|John|Doe|invoice of|150/);
});

test.each([
  ['an empty question', { question: '' }],
  ['a question of 4,001 characters', { question: 'x'.repeat(4_001) }],
  ['no question', {}],
  ['an unknown field', { question: 'Hi', extra: 1 }],
])('refuses %s', async (_what, args) => {
  await expect(ask('ask_billing_expert', args)).rejects.toThrow();
});
