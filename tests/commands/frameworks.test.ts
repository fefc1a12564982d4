import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accessOf, type Stack, startStack } from '../../emulators/stack/stack.ts';
import { type InstalledApart, installApart } from '../../scripts/apart/install.ts';
import { runClientProgram } from '../support/client-program.ts';
import { NewClient } from '../support/new-client.ts';
import { quietStack } from '../support/quiet-stack.ts';

/** Milliseconds for a stack and packages that may have to be installed. */
const timeoutMs = 400_000;

let installed: InstalledApart;
let stack: Stack;

beforeAll(async () => {
  [stack, installed] = await Promise.all([
    startStack({ ...quietStack, settings: { TROUBLESHOOT_SECONDS: '2' } }),
    installApart('frameworks'),
  ]);
}, timeoutMs);

afterAll(() => stack?.stop());

/** Runs a program that is written with one of the frameworks, as somebody who may unlock accounts. */
async function run(program: string): Promise<unknown> {
  const person = new NewClient('sara@contoso');
  const { mcp, agentic } = accessOf(stack, 'contoso');
  const seen = await runClientProgram([installed.node, `tests/frameworks/${program}`, mcp, agentic], person);
  expect(person.asked?.page).toContain('A program with ');
  return seen;
}

/** The sentence, and the data as text: all that a model is told. */
const told = (sentence: RegExp) => [expect.stringMatching(sentence), expect.stringMatching(/^\{/)];
const john = { told: told(/^Customer 251, John Doe/) };
const diagnosed = { told: told(/^Router: /) };
const noCustomer = /There is no customer 99999999; call get_all_customers/;
const code = /repeat the call with confirmation_code/;

describe('with nothing but the address, a person signs in and tools are called by', () => {
  it('the AI SDK, which asks before a change where it is told how', async () => {
    expect(await run('ai-sdk.mjs')).toEqual({
      sent: expect.arrayContaining(['server/discover 2026-07-28', 'tools/call 2026-07-28']),
      refused: 'UnauthorizedError: Unauthorized',
      offered: 18,
      customer: { ...john, data: expect.objectContaining({ customer_id: 251 }), isError: false },
      stranger: { told: [expect.stringMatching(noCustomer)], isError: true },
      unasked: { told: [expect.stringMatching(code)], isError: true },
      asked: expect.objectContaining({ told: told(/^The account of customer 254 was unlocked/) }),
      diagnosis: expect.objectContaining(diagnosed),
    });
  });

  it('LangChain, in a session, with the steps of a long job, and errors of a tool as exceptions', async () => {
    expect(await run('langchain.mjs')).toEqual({
      sent: expect.arrayContaining(['initialize -', 'tools/call 2025-11-25']),
      refused: expect.stringMatching(/^MCPClientError: .*Unauthorized/),
      offered: 18,
      customer: { ...john, data: expect.objectContaining({ customer_id: 251 }) },
      stranger: expect.stringMatching(noCustomer),
      unasked: expect.stringMatching(/^ToolException: /),
      diagnosis: expect.objectContaining(diagnosed),
      steps: expect.arrayContaining([expect.any(Number)]),
    });
  });

  it('OpenAI Agents, whose model gets errors as texts, and which lists the tools before every turn', async () => {
    const seen = await run('openai-agents.mjs');
    expect(seen).toEqual({
      sent: expect.arrayContaining(['server/discover 2026-07-28', 'tools/call 2026-07-28']),
      refused: 'UnauthorizedError: Unauthorized',
      offered: 18,
      customer: { ...john, answer: 'Done.' },
      stranger: { told: [expect.stringMatching(noCustomer)], answer: 'Done.' },
      unasked: { told: [expect.stringMatching(/unlock/)], answer: 'Done.' },
      diagnosis: expect.objectContaining(diagnosed),
    });
    const { sent } = seen as { sent: string[] };
    // for the program, and for each of two turns of four agents: what it keeps is kept in sessions only
    expect(sent.filter((message) => message.startsWith('tools/list'))).toHaveLength(9);
  });
});
