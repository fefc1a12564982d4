import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as z from 'zod';
import { type HostProcess, startHostProcess } from '../../emulators/stack/host-process.ts';
import { bulkWrite } from '../../seed/writing/bulk.ts';
import { invoiceOf, withPayers } from '../integration/experts/paying-customers.ts';
import { freshTenant, testDataStorage, testStorage } from '../support/azurite.ts';
import { plainToolCall } from '../support/plain-tool-call.ts';
import { type ScriptedModelServer, startScriptedModel } from '../support/scripted-model.ts';
import { environment, tokenFor } from '../support/service.ts';
import { answerText } from '../unit/experts/answers.ts';

/** An answer that became a task proposes changes: its client is asked about them through the task. */

const generous = { timeout: 60_000, interval: 200 };
const taskShape = z.looseObject({
  status: z.string(),
  inputRequests: z.record(z.string(), z.unknown()).optional(),
  result: z.looseObject({ structuredContent: z.looseObject({ answer: z.string() }) }).optional(),
});

const payers = withPayers(3);
const [first = 0, second = 0, third = 0] = payers.ids.map(invoiceOf);
const tenant = {
  slug: freshTenant(),
  tid: 'a0000000-0000-4000-8000-00000000000a',
  data: payers.data,
};

let model: ScriptedModelServer;
let host: HostProcess;
let url: string;

beforeAll(async () => {
  model = await startScriptedModel();
  await bulkWrite(await testStorage(), tenant.slug, tenant.data);
  host = await startHostProcess({
    env: {
      ...environment([tenant]),
      AzureWebJobsStorage: testDataStorage(),
      AzureFunctionsJobHost__extensions__durableTask__hubName: `Ask${tenant.slug}`.replace(/\W/g, ''),
      STATE_SIGNING_KEY: 'a key of the tests that has at least 32 bytes',
      OPENAI_BASE_URL: model.baseUrl,
      OPENAI_CHAT_MODEL: 'scripted',
      EXPERT_SECONDS: '10',
    },
  });
  url = `http://127.0.0.1:${host.port}/agentic/mcp`;
});
afterAll(async () => {
  await host?.stop();
  await model?.close();
});

const token = () => tokenFor(tenant, ['query', 'billing', 'agent']);

/** Asks a question whose answer proposes payments, and lets it be given once the client has a task. */
async function proposed(invoices: readonly number[], capabilities: object) {
  let answer = () => {};
  const after = new Promise<void>((resolve) => {
    answer = resolve;
  });
  const pay = (invoice_id: number) => ({ name: 'pay_invoice', arguments: { invoice_id, amount: 1 } });
  model.plan({ calls: invoices.map(pay) }, { text: answerText(), after });
  const name = 'ask_billing_expert';
  const args = { question: 'Please pay a dollar on each of them.' };
  const response = await plainToolCall({ url, token: token(), name, arguments: args, capabilities });
  const [, data = '{}'] = /^data: (.+)$/m.exec(await response.text()) ?? [];
  const { result } = z.object({ result: z.looseObject({ taskId: z.string() }) }).parse(JSON.parse(data));
  expect(result).toMatchObject({ resultType: 'task', status: 'working' });
  answer();
  return result.taskId;
}

async function connected(capabilities: object) {
  const client = new Client(
    { name: 'tests', version: '1' },
    { capabilities, versionNegotiation: { mode: 'auto' } },
  );
  const requestInit = { headers: { Authorization: `Bearer ${token()}` } };
  await client.connect(new StreamableHTTPClientTransport(new URL(url), { requestInit }));
  return {
    look: (taskId: string) => client.request({ method: 'tasks/get', params: { taskId } }, taskShape),
    say: (taskId: string, inputResponses: object) =>
      client.request({ method: 'tasks/update', params: { taskId, inputResponses } }, z.looseObject({})),
    close: () => client.close(),
  };
}

async function paidOn(invoice_id: number): Promise<unknown> {
  const address = url.replace('/agentic', '');
  const name = 'get_invoice_payments';
  const response = await plainToolCall({
    ...{ url: address, token: token(), name, arguments: { invoice_id }, capabilities: {} },
  });
  const { result } = z
    .object({
      result: z.looseObject({
        structuredContent: z.looseObject({ payments: z.array(z.object({ amount: z.number() })) }),
      }),
    })
    .parse(await response.json());
  return result.structuredContent.payments.map(({ amount }) => amount);
}

const tasks = { extensions: { 'io.modelcontextprotocol/tasks': {} } };
const yes = { action: 'accept', content: { confirm: true } };

it('a client that can be asked is asked through the task, about one change after the other', async () => {
  const capabilities = { ...tasks, elicitation: { form: {} } };
  const task = await proposed([first, second], capabilities);
  const { look, say, close } = await connected(capabilities);
  await expect.poll(() => look(task), generous).toMatchObject({ status: 'input_required' });
  const asked = await look(task);
  expect(asked).not.toHaveProperty('result');
  expect(asked.inputRequests).toEqual({
    'change-1': {
      method: 'elicitation/create',
      params: expect.objectContaining({
        message: expect.stringContaining(`proposes pay_invoice with invoice_id ${first}, amount 1.`),
      }),
    },
  });
  await say(task, { 'change-2': yes, other: yes });
  expect(await look(task), 'what was not asked for is ignored').toEqual(asked);
  await Promise.all([say(task, { 'change-1': yes }), say(task, { 'change-1': yes })]);
  expect(await look(task)).toMatchObject({ status: 'input_required', inputRequests: { 'change-2': {} } });
  expect(await paidOn(first)).toEqual([1]);
  model.plan({ text: answerText({ status: 'done', answer: '89 dollars are left.' }) });
  await say(task, { 'change-1': yes, 'change-2': { action: 'decline' } });
  const done = await look(task);
  expect(done).toMatchObject({ status: 'completed' });
  const { structuredContent } = done.result ?? expect.fail('There is no result.');
  expect(structuredContent.answer).toMatch(
    /^Done: Payment .*\nNot done, because the user did not agree: .*\n\n89 dollars are left\.$/,
  );
  expect(structuredContent).toMatchObject({ status: 'needs_input', actions: [] });
  await say(task, { 'change-2': yes });
  expect(await look(task), 'what is completed stays so').toEqual(done);
  expect([await paidOn(first), await paidOn(second)]).toEqual([[1], []]);
  await close();
});

it('a client that cannot be asked gets the proposal, as ever', async () => {
  const task = await proposed([third], tasks);
  const { look, say, close } = await connected(tasks);
  await expect
    .poll(() => look(task), generous)
    .toMatchObject({
      status: 'completed',
      result: { structuredContent: { actions: [{ tool: 'pay_invoice' }], continue: {} } },
    });
  await say(task, { 'change-1': yes });
  expect(await paidOn(third)).toEqual([]);
  await close();
});
