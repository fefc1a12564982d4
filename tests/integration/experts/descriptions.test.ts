import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { businessTools } from '#contoso/tools/index';
import { prompts } from '#evals/descriptions/prompts';
import { type Choice, choiceSummary, choices, isRight } from '#evals/descriptions/run';
import type { ToolSpec } from '#platform/experts/ports';
import { toolSpec } from '#platform/experts/tool-specs';
import { termsOf } from '#platform/knowledge/terms';
import { startFakeOpenAi } from '../../support/fake-openai.ts';
import type { FakeOpenAi } from '../../support/fake-openai-server.ts';
import { modelAt } from './models.ts';

const tools = businessTools.map(toolSpec);
const toolNamed = (name: string) => tools.find((tool) => tool.name === name) ?? expect.fail(name);
const asked = Object.entries(prompts).flatMap(([name, texts]) => texts.map((text) => [name, text] as const));

describe('the prompts', () => {
  test('there are 200 different ones, at least ten for each tool', () => {
    expect(new Set(asked.map(([, text]) => text)).size).toBe(200);
    expect(Object.keys(prompts).sort()).toEqual(tools.map(({ name }) => name).sort());
    expect(Object.values(prompts).every((texts) => texts.length >= 10)).toBe(true);
  });

  test('none has a word of its tool’s name, and at most a third of its words are in the description', () => {
    const tooClose = asked.filter(([name, text]) => {
      const words = [...termsOf(text)];
      const [ofName, ofDescription] = [name.replaceAll('_', ' '), toolNamed(name).description].map(termsOf);
      const shared = words.filter((word) => ofDescription?.has(word)).length;
      return words.some((word) => ofName?.has(word)) || shared > words.length / 3;
    });
    expect(tooClose).toEqual([]);
  });
});

describe('which tool a model calls first', () => {
  let service: FakeOpenAi;
  beforeAll(async () => {
    service = await startFakeOpenAi();
  });
  afterAll(() => service.stop());

  /** A model that knows which description fits a prompt, and goes by nothing else. */
  async function chosenFrom(offered: readonly ToolSpec[]): Promise<Choice[]> {
    service.plan(
      ...asked.map(([name]) => {
        const { description } = toolNamed(name);
        const chosen = offered.find((tool) => tool.description === description) ?? expect.fail(name);
        return { calls: [{ name: chosen.name, arguments: {} }] };
      }),
    );
    const made: Choice[] = [];
    for await (const choice of choices(modelAt(service).model, offered, { today: '2026-01-15' })) {
      made.push(choice);
    }
    return made;
  }

  test('the measure finds two descriptions that were swapped', async () => {
    const before = await chosenFrom(tools);
    expect(before.every(isRight)).toBe(true);
    expect(choiceSummary(before)).toBe('right tool first 200 of 200 (100 %)');

    const [one, other] = [toolNamed('pay_invoice'), toolNamed('unlock_account')];
    const swapped = tools.map((tool) => {
      const from = tool === one ? other : tool === other ? one : tool;
      return { ...tool, description: from.description };
    });
    const after = (await chosenFrom(swapped)).filter((choice) => !isRight(choice));
    expect(after).toHaveLength(22);
    expect(new Set(after.map(({ right }) => right))).toEqual(new Set(['pay_invoice', 'unlock_account']));
    expect(choiceSummary(after)).toContain('pay_invoice, not unlock_account: Take the money for bill 45');
  });

  test('a model gets nothing but what clients see, and the prompt', () => {
    const [first] = service.chats();
    expect(first?.tools?.map(({ function: { name, description } }) => ({ name, description }))).toEqual(
      tools.map(({ name, description }) => ({ name, description })),
    );
    expect(first?.messages.at(-1)).toEqual({ role: 'user', content: asked[0]?.[1] });
  });
});
