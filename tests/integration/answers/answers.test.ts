import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Tool } from '@modelcontextprotocol/client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { projectDir } from '../../../scripts/lib/project-dir.ts';
import { type Door, doorAt } from '../../security/door.ts';
import { freshTenant, testDataStorage } from '../../support/azurite.ts';
import { type Service, startService, tokenFor } from '../../support/service.ts';
import { type SampleCall, sampleCalls, strange } from './calls.ts';
import { listRules } from './list-rules.ts';
import { answerRules, type Sample } from './rules.ts';

let service: Service;
let tools: readonly Tool[];
let samples: readonly Sample[];

const endpoints = ['/mcp', '/agentic/mcp'];
/** Has every permission. */
const token = () => tokenFor(service.tenants[0], ['security']);

beforeAll(async () => {
  service = await startService({
    env: {
      AzureWebJobsStorage: testDataStorage(),
      AzureFunctionsJobHost__extensions__durableTask__hubName: `Answers${freshTenant()}`.replace(/\W/g, ''),
      TROUBLESHOOT_SECONDS: '0',
    },
  });
  const door = doorAt(service.host.origin, (request) => fetch(request));
  const listed = await Promise.all(
    endpoints.map(async (path) => {
      const { message } = await door.rpc({ path, token: token(), method: 'tools/list' });
      return message.result?.tools as readonly Tool[];
    }),
  );
  tools = listed.flat();
  samples = [];
  const unknownField = tools.map(({ name }) => ({
    tool: name,
    end: 'refused' as const,
    args: { [strange]: strange },
  }));
  for (const call of [...sampleCalls(service.tenants[0].data), ...unknownField]) {
    const of = listed[1]?.some(({ name }) => name === call.tool) ? endpoints[1] : endpoints[0];
    samples = [...samples, await sample(door, of ?? '', call)];
  }
});

afterAll(async () => {
  await service?.stop();
});

async function sample(door: Door, path: string, call: SampleCall): Promise<Sample> {
  const { message, text } = await door.callTool(token(), call.tool, call.args, { path });
  const { result } = message;
  expect(result, text).toBeDefined();
  return {
    ...call,
    texts: (result?.content ?? []).map((one) => one.text),
    data: result?.structuredContent,
    isError: result?.isError === true,
    meta: result?._meta,
  };
}

test('every tool is called, and nearly all of them give a result', () => {
  const called = new Set(samples.map(({ tool }) => tool));
  expect([...called].toSorted()).toEqual(tools.map(({ name }) => name).toSorted());
  const answered = new Set(samples.filter(({ isError }) => !isError).map(({ tool }) => tool));
  // What needs the agreement of a person is not given it here.
  expect([...called].filter((name) => !answered.has(name))).toEqual(['unlock_account']);
});

test.each(Object.entries(answerRules))('%s holds for every answer', (_name, problemsOf) => {
  const problems = samples.flatMap((one) =>
    problemsOf(one).map((problem) => `${one.tool} (${one.end}) ${JSON.stringify(one.args)}: ${problem}`),
  );
  expect(problems).toEqual([]);
});

test.each(Object.entries(listRules))('%s holds for the list of tools', (_name, problemsOf) => {
  expect(problemsOf(tools)).toEqual([]);
});

test('who asks the same twice reads the same', async () => {
  const door = doorAt(service.host.origin, (request) => fetch(request));
  const reads = new Set(tools.filter(({ annotations }) => annotations?.readOnlyHint).map(({ name }) => name));
  for (const call of samples.filter(({ tool, end }) => reads.has(tool) && end === 'success')) {
    const first = await sample(door, '/mcp', call);
    expect(await sample(door, '/mcp', call)).toEqual(first);
  }
  expect(reads.size).toBeGreaterThan(10);
});

test('a caller without the permission is told which one it takes', async () => {
  const door = doorAt(service.host.origin, (request) => fetch(request));
  const reader = tokenFor(service.tenants[0], ['query']);
  const { message } = await door.callTool(reader, 'unlock_account', { customer_id: 1, reason: 'Verified.' });
  expect(message.error?.message).toMatch(/security\.write.*; ask your administrator/);
});

test('the page names exactly the rules that are checked here', () => {
  const page = readFileSync(path.join(projectDir, 'docs/tool-answers.md'), 'utf8');
  const named = [...page.matchAll(/^\| `([a-z-]+)`.*\| test \|$/gm)].map(([, name]) => name);
  expect(named.toSorted()).toEqual(
    [...Object.keys(answerRules), ...Object.keys(listRules), 'same-again', 'permission'].toSorted(),
  );
});
