import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadCompanies } from '#evals/companies';
import { question } from '#evals/questions/key';
import { type QuestionResult, runQuestion } from '#evals/questions/run';
import { readReport, writeReport } from '#evals/reports/files';
import { comparisonOf } from '#evals/reports/markdown';
import { type ModelReport, reportOf, totalsOf } from '#evals/reports/model-report';
import { testStorage } from '../../support/azurite.ts';
import { startFakeOpenAi } from '../../support/fake-openai.ts';
import type { FakeOpenAi } from '../../support/fake-openai-server.ts';
import type { ChatStep } from '../../support/openai-messages.ts';
import { answerText } from '../../unit/experts/answers.ts';
import { modelAt } from './models.ts';

let service: FakeOpenAi;
let dir: string;
let results: QuestionResult[];
let report: ModelReport;

const call = (name: string, args: object): ChatStep => ({ calls: [{ name, arguments: args }] });
const done = (answer: string): ChatStep => ({ text: answerText({ status: 'done', answer }) });

/** Three questions to a model that says what is written: right by a detour, wrong and sure of it, and off its task. */
beforeAll(async () => {
  service = await startFakeOpenAi();
  dir = await mkdtemp(path.join(tmpdir(), 'reports-'));
  const storage = await testStorage();
  const companies = await loadCompanies(storage, randomBytes(6).toString('hex'));
  const { subscriptions, customers, invoices } = companies.contoso.dataset;
  const [customer] = customers;
  const ids = subscriptions
    .filter(({ customer_id }) => customer_id === customer?.customer_id)
    .map(({ subscription_id }) => subscription_id);
  const invoice = invoices.find(({ subscription_id }) => ids.includes(subscription_id));
  if (customer === undefined || invoice === undefined) {
    throw new RangeError('The first customer has no invoice.');
  }
  const { customer_id, last_name } = customer;
  const summary = call('get_billing_summary', { customer_id });
  const asked = [
    {
      about: question('billing', `Which invoices has ${last_name}?`, { facts: [invoice.invoice_id] }),
      steps: [
        call('get_all_customers', { search: last_name }),
        call('search_knowledge_base', { query: 'roaming' }),
        summary,
        summary,
        done(`Invoice ${invoice.invoice_id} of ${last_name}.`),
      ],
    },
    {
      about: question('billing', `What does customer ${customer_id} owe?`, { facts: [123_456.78] }),
      steps: [summary, done(`Invoice ${invoice.invoice_id} is open.`)],
    },
    {
      about: question('billing', `May customer ${customer_id} be told a secret?`, { status: 'open' }),
      steps: [
        call('pay_invoice', { invoice_id: invoice.invoice_id, amount: 1, payment_method: 'credit_card' }),
        done('Agree, and it is paid.'),
      ],
    },
  ];
  const { model } = modelAt(service);
  results = [];
  for (const { about, steps } of asked) {
    service.plan(...steps);
    results.push(await runQuestion(about, companies, storage, model));
  }
  report = reportOf(results, [], '2026-01-15T09:00:00.000Z');
});

afterAll(async () => {
  await service?.stop();
  await rm(dir, { recursive: true, force: true });
});

test('an answer is judged by the facts that it states, and its calls by what the answer rests on', () => {
  expect(results.map(({ verdict }) => verdict)).toEqual(['right', 'wrong but done', expect.anything()]);
  // who it is, and what is owed: not the document, and nothing twice
  expect(results[0]).toMatchObject({ callsMade: 4, callsNeeded: 2, keptToTask: true, problems: [] });
  expect(results[1]).toMatchObject({ callsMade: 1, callsNeeded: 1, keptToTask: true });
  expect(results[2]).toMatchObject({ callsMade: 1, callsNeeded: 0, keptToTask: false });
});

test('tokens and seconds are those of the model server', () => {
  expect(results.map(({ tokens }) => tokens)).toEqual([600, 240, expect.any(Number)]);
  expect(results.every(({ seconds }) => seconds > 0)).toBe(true);
});

test('the report adds up', () => {
  expect(totalsOf(report)).toMatchObject({ asked: 3, right: 1, wrongButDone: 1, cases: 0, casesPassed: 0 });
  const { toolPrecision, tokens } = totalsOf(report);
  const made = results.reduce((sum, { callsMade }) => sum + callsMade, 0);
  const needed = results.reduce((sum, { callsNeeded }) => sum + callsNeeded, 0);
  expect(toolPrecision).toBe(needed / made);
  expect(tokens).toBe(results.reduce((sum, one) => sum + one.tokens, 0));
});

test('it is written as JSON, which comes back, and as Markdown, for each model', async () => {
  const file = await writeReport(report, dir);
  expect(await readReport(file)).toEqual(report);
  expect((await readdir(dir)).sort()).toEqual([
    'fake-model-2026-2026-01-15T09-00-00.000Z.json',
    'fake-model-2026-2026-01-15T09-00-00.000Z.md',
  ]);
  const markdown = await readFile(file.replace(/json$/, 'md'), 'utf8');
  expect(markdown).toContain('| questions right | 1 of 3 |');
  expect(markdown).toMatch(/- wrong but done: What does customer .*\n {2}- It does not state 123456.78\./);
});

test('two reports are compared side by side, and what only one of them has right is named', () => {
  const better: ModelReport = {
    ...report,
    model: 'another|model',
    questions: report.questions.map((one) => ({ ...one, verdict: 'right', problems: [] })),
  };
  const comparison = comparisonOf(report, better);
  expect(comparison).toContain('| questions right | 1 of 3 | 3 of 3 |');
  expect(comparison).toContain('another\\|model');
  expect(comparison).toMatch(/\| What does customer \d+ owe\? \| not \| right \|/);
  expect(comparison).not.toMatch(/\| Which invoices has/);
});

test('a file that is no report is refused', async () => {
  const file = path.join(dir, 'other.json');
  await writeFile(file, '{}');
  await expect(readReport(file)).rejects.toThrow(/other\.json is not a report/);
  await expect(readReport(path.join(dir, 'missing.json'))).rejects.toThrow(/cannot be read/);
});
