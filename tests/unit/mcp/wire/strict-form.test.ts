import { expect, test } from 'vitest';
import { businessTools } from '#contoso/tools/index';
import { agenticTools } from '#scripts/docs/agentic-tools';
import { exampleCalls } from '#seed/examples/calls';
import { exampleData } from '#seed/examples/data';
import { wireEndpoint } from './endpoint.ts';
import { eras, metaOf } from './messages.ts';
import { newSession, send } from './send.ts';

/** A schema of an input, as far as hosts rewrite it. */
interface Part {
  readonly properties?: Readonly<Record<string, Part>>;
  readonly required?: readonly string[];
}

const calls: unknown[] = [];
const tools = [...businessTools, ...agenticTools];
const endpoint = wireEndpoint(calls, tools);
const inputs = await inputsFromList();

const examples = exampleCalls(tools, exampleData('contoso'), 0);

/** What a host with a strict mode sends: every member that the schema has, null for those that the model leaves out. */
function rewritten({ properties }: Part, value: unknown): unknown {
  if (properties === undefined || typeof value !== 'object' || value === null) {
    return value;
  }
  const members = value as Readonly<Record<string, unknown>>;
  return Object.fromEntries(
    Object.entries(properties).map(([name, part]) => [
      name,
      name in members ? rewritten(part, members[name]) : null,
    ]),
  );
}

/** Members that a strict host adds to a call. */
const nullsIn = (value: unknown): number =>
  Object.values(typeof value === 'object' ? (value ?? {}) : {}).reduce<number>(
    (sum, member) => sum + (member === null ? 1 : nullsIn(member)),
    0,
  );

async function inputsFromList(): Promise<ReadonlyMap<string, Part>> {
  const list = { jsonrpc: '2.0', id: 1, method: 'tools/list', params: { _meta: metaOf('2026-07-28') } };
  const { message } = await send(endpoint, '2026-07-28', list, {});
  const listed = message.result?.tools as readonly { name: string; inputSchema: Part }[];
  return new Map(listed.map(({ name, inputSchema }) => [name, inputSchema]));
}

test('every tool has an example', () => {
  expect(examples.map(({ tool }) => tool).sort()).toEqual(tools.map(({ name }) => name).sort());
});

test.each(eras.flatMap((era) => tools.map((tool) => [tool.name, era, tool] as const)))(
  '%s takes its example in the form of strict hosts, and nothing but what the model said (%s)',
  async (name, era, tool) => {
    const plain = examples.find((example) => example.tool === name)?.arguments;
    const input = inputs.get(name) ?? expect.fail('It is not in the list.');
    const strict = rewritten(input, plain);
    const optional = Object.keys(input.properties ?? {}).length - Object.keys(plain ?? {}).length;
    expect(nullsIn(strict)).toBeGreaterThanOrEqual(optional);
    const headers = era === '2025-11-25' ? await newSession(endpoint) : {};
    const params = { name, arguments: strict, _meta: metaOf(era) };
    calls.length = 0;
    const { message } = await send(
      endpoint,
      era,
      { jsonrpc: '2.0', id: 5, method: 'tools/call', params },
      headers,
    );
    expect(message.result?.isError, JSON.stringify(message)).toBeUndefined();
    expect(calls).toEqual([tool.input.parse(plain)]);
  },
);
