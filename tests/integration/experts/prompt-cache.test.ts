import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { domainDefinitions } from '#contoso/experts/domains';
import { businessTools } from '#contoso/tools/index';
import { runExpert } from '#platform/experts/loop';
import type { ChatModel, ModelTurn } from '#platform/experts/ports';
import { toolSpec } from '#platform/experts/tool-specs';
import { startFakeOpenAi } from '../../support/fake-openai.ts';
import type { FakeOpenAi } from '../../support/fake-openai-server.ts';
import { answerText } from '../../unit/experts/answers.ts';
import { aRun, ok, toolbox } from '../../unit/experts/stubs.ts';
import { modelAt, responsesModelAt } from './models.ts';

/** A cache compares in steps of so many tokens; less than two of them may be read again. */
const step = 256;

let service: FakeOpenAi;
beforeAll(async () => {
  service = await startFakeOpenAi();
});
afterAll(() => service.stop());
beforeEach(() => service.countPrompts());

/** A billing expert as it is deployed, with every tool of its own. */
const expert = domainDefinitions.billing;
const names: readonly string[] = expert.tools;
const definitions = businessTools.filter(({ name }) => names.includes(name)).map(toolSpec);
const rows = Array.from({ length: 40 }, (_, id) => ({ invoice_id: id, amount_due: 12.5 }));
const tools = { ...toolbox({ get_billing_summary: ok({ rows }) }), definitions };

/** What each turn of a run used. */
async function turnsOf(open: typeof modelAt, question: string, today = '2026-01-15') {
  const { model } = open(service);
  const turns: ModelTurn['usage'][] = [];
  const watched: ChatModel = {
    async complete(request, signal) {
      const turn = await model.complete(request, signal);
      turns.push(turn.usage);
      return turn;
    },
  };
  const summary = { calls: [{ name: 'get_billing_summary', arguments: { customer_id: 251 } }] };
  service.plan(summary, summary, { text: 'Not JSON.' }, { text: answerText() });
  const messages = [{ role: 'user', text: question }] as const;
  const { statistics } = await runExpert(aRun({ model: watched, toolbox: tools, messages, today }));
  return { turns, statistics };
}

describe.each([
  ['chat completions', modelAt],
  ['the Responses API', responsesModelAt],
])('%s: what is read again', (_api, open) => {
  test('each turn of a run adds to the one before', async () => {
    const { turns, statistics } = await turnsOf(open, 'Why is the invoice of customer 251 so high?');
    expect(turns).toHaveLength(4);
    for (const [place, { cachedTokens = 0 }] of turns.entries()) {
      const before = turns[place - 1]?.inputTokens ?? 0;
      expect(before - cachedTokens).toBeLessThan(step);
    }
    expect(statistics.cachedTokens).toBe(turns.reduce((sum, { cachedTokens = 0 }) => sum + cachedTokens, 0));
  });

  test('another question, even of another day, shares all tools and instructions', async () => {
    const first = await turnsOf(open, 'Why is the invoice of customer 251 so high?');
    const second = await turnsOf(open, 'What does customer 17 owe?', '2026-01-16');
    const [alone, again] = [first.turns[0], second.turns[0]];
    expect(alone?.cachedTokens).toBeUndefined();
    expect((again?.inputTokens ?? 0) - (again?.cachedTokens ?? 0)).toBeLessThan(step);
  });
});
