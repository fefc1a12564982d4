import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accessOf, type Stack, startStack } from '../../emulators/stack/stack.ts';
import { documentHost } from '../security/sign-in/world.ts';
import { type DocumentedWorld, startDocumentedWorld } from '../support/documented-world.ts';
import { hasDotnet } from '../support/dotnet.ts';
import { NewClient } from '../support/new-client.ts';
import { quietStack } from '../support/quiet-stack.ts';
import { buildClients, runClient } from './clients.ts';

let stack: Stack;
let documented: DocumentedWorld;

beforeAll(async () => {
  if (hasDotnet) {
    [stack, documented] = await Promise.all([
      startStack({ ...quietStack, settings: { TROUBLESHOOT_SECONDS: '2' } }),
      startDocumentedWorld('A client in C# with a document'),
      buildClients(),
    ]);
  }
}, 400_000);

afterAll(async () => {
  await documented?.world.stop();
  await stack?.stop();
});

const mcp = () => accessOf(stack, 'contoso').mcp;
const quinn = (options = {}) => new NewClient('quinn@contoso', options);

describe.skipIf(!hasDotnet)('a client in C#', () => {
  it('registers, signs its person in, lists and calls with nothing but the address', async () => {
    const person = quinn();
    expect(await runClient(['call', mcp()], person)).toMatchObject({
      protocol: '2026-07-28',
      tools: expect.arrayContaining(['get_customer_detail', 'search_knowledge_base']),
      data: { customer_id: 251, first_name: 'John' },
    });
    expect(person.asked?.page).toContain('A client in C#');
    expect(person.answer.get('iss')).toMatch(/\/contoso-mcp$/);
  });

  it('does so with a document about it, and registers nowhere', async () => {
    const { world, clientId } = documented;
    const person = quinn();
    const seen = await runClient(['call', `${world.origin}/contoso-mcp/mcp`, clientId], person);
    expect(seen).toMatchObject({ data: { customer_id: 251 } });
    expect(person.asked?.page).toContain(`it is vouched for by <strong>${documentHost}</strong>`);
  });

  it('is told when the person does not want to', async () => {
    const refusing = quinn({ decision: { decision: 'deny' } });
    await expect(runClient(['call', mcp()], refusing)).rejects.toThrow('ended with');
    expect(refusing.answer.get('error')).toBe('access_denied');
  });

  it('sees the steps of a long job, in whatever order, and its end; and follows it as a task', async () => {
    const seen = (await runClient(['job', accessOf(stack, 'contoso').agentic], quinn())) as {
      open: { progress: number[]; data: unknown };
      task: unknown;
    };
    const data = { device_name: 'Router', summary: expect.stringMatching(/\S/) };
    expect(seen).toMatchObject({
      open: { data },
      task: {
        handle: 'working',
        messages: expect.arrayContaining(['The diagnosis is complete.']),
        end: { status: 'completed', result: { structuredContent: data } },
      },
    });
    expect(seen.open.progress.length).toBeGreaterThan(1);
    expect(seen.open.progress).toEqual([...new Set(seen.open.progress)]);
  });

  it('gets errors of a tool as results, all others as exceptions, and is asked where it can be', async () => {
    const seen = await runClient(['answers', mcp()], new NewClient('sara@contoso'));
    expect(seen).toEqual({
      invalid: expect.stringMatching(/^error: Invalid arguments for get_customer_detail/),
      unknown: expect.stringMatching(/^McpProtocolException: .*Unknown tool/),
      method: expect.stringMatching(/^HttpRequestException: .*404.*-32601/),
      unasked: expect.stringMatching(/^error: .*repeat the call with confirmation_code/),
      asked: expect.stringMatching(/^result: The account of customer 254 was unlocked/),
    });
  });

  it('does not begin again when its session is over', async () => {
    expect(await runClient(['session', mcp()], quinn())).toEqual({
      protocol: '2025-11-25',
      first: expect.stringMatching(/^HttpRequestException: .*404.*Session not found: initialize again/),
      again: expect.stringMatching(/^OperationCanceledException/),
    });
  });

  it('hands an agent of the Microsoft Agent Framework a result as it came, with the data twice', async () => {
    const seen = await runClient(['agent', mcp()], quinn());
    const { told } = seen as { told: { content: { text: string }[]; structuredContent: unknown } };
    expect(seen).toMatchObject({ answer: 'Done.', told: { structuredContent: { customer_id: 251 } } });
    expect(JSON.parse(told.content[1]?.text ?? '')).toEqual(told.structuredContent);
  });
});
