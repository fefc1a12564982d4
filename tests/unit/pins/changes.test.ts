import { describe, expect, test } from 'vitest';
import { breaks, breaksClients } from '#scripts/pins/breaking';
import { changesBetween } from '#scripts/pins/changes';
import { differences } from '#scripts/pins/differences';
import { type JsonObject, type JsonValue, type PinKind, pinsById } from '#scripts/pins/pin';
import { summaryOf } from '#scripts/pins/summary';
import { wordsOf } from '#scripts/pins/words';

import { breaking, harmless } from './change-rows.ts';

const amount = { type: 'number', minimum: 1, maximum: 5, description: 'How much.' };
const fields = {
  amount,
  method: { type: 'string', enum: ['card', 'cash'] },
  update: { type: 'object', properties: { plan: { type: 'integer' } }, additionalProperties: false },
  // a field that is called like a keyword
  required: { type: 'array', items: { type: 'object', properties: { at: { type: 'string' } } } },
};
const tool = {
  endpoint: '/mcp',
  listed: {
    name: 'pay',
    title: 'Pay',
    description: 'Pays.',
    inputSchema: { type: 'object', properties: fields, required: ['amount'], additionalProperties: false },
    outputSchema: {
      type: 'object',
      properties: { paid: { type: 'number' }, state: { type: 'string', enum: ['due', 'paid'] } },
      required: ['paid'],
    },
    annotations: { readOnlyHint: false },
  },
  'listed in 2025-11-25': { execution: { taskSupport: 'optional' } },
  roles: ['billing', 'security'],
  permission: 'billing.write',
  timeoutMs: 30_000,
  mayAskForAgreement: false,
};
const prompt = {
  listed: { name: 'explain', arguments: [{ name: 'customer', description: 'Whose.', required: true }] },
  roles: ['query'],
  messages: [{ role: 'user', content: { type: 'text', text: 'Explain.' } }],
};
const resource = { listed: { uriTemplate: 'knowledge://{slug}', mimeType: 'text/plain', title: 'Texts' } };
const endpoint = {
  address: '/mcp',
  'server/discover': { supportedVersions: ['2026-07-28'], capabilities: { tools: {}, prompts: {} } },
  'tools/list': { tools: ['a', 'b'] },
};
const before: Readonly<Record<PinKind, JsonObject>> = { tool, prompt, resource, endpoint };

/** The content with another value at a place; without that member when the value is undefined. */
function withChange(
  value: JsonValue,
  [name, ...rest]: readonly string[],
  to: JsonValue | undefined,
): JsonValue {
  if (name === undefined) {
    return to ?? null;
  }
  const { [name]: old, ...others } = value as JsonObject;
  if (rest.length === 0) {
    return to === undefined ? others : { ...(value as JsonObject), [name]: to };
  }
  return { ...(value as JsonObject), [name]: withChange(old ?? null, rest, to) };
}

describe.each([
  ['is no harm', harmless, false],
  ['breaks clients', breaking, true],
] as const)('%s', (_what, rows, isBreaking) => {
  test.each(rows)('%s %s: %j', (kind, path, to, words) => {
    const names = path.split('/').map((name) => name.replace('\0', '/'));
    const found = differences(before[kind], withChange(before[kind], names, to));
    expect(found.map(wordsOf)).toEqual([words]);
    expect(found.map((one) => breaks(kind, one))).toEqual([isBreaking]);
  });
});

test('an argument of a prompt that has to be given breaks clients, one that may be does not', () => {
  const also = (required: boolean) => [
    ...prompt.listed.arguments,
    { name: 'month', description: 'Which.', required },
  ];
  for (const required of [true, false]) {
    const changed = { ...prompt, listed: { ...prompt.listed, arguments: also(required) } };
    expect(differences(prompt, changed).map((one) => breaks('prompt', one))).toEqual([required]);
  }
});

test('what is gone breaks clients, what is new does not', () => {
  const one = pinsById([{ kind: 'tool', name: 'pay', content: tool }]);
  const other = pinsById([{ kind: 'tool', name: 'settle', content: tool }]);
  const changes = changesBetween(one, other);
  expect(changes.map((change) => [change.id, breaksClients(change)])).toEqual([
    ['pay', true],
    ['settle', false],
  ]);
  expect(summaryOf(changes, 'v1')).toBe(
    'Since v1: 2 changed, 1 of them may break clients.\n\n- **breaks clients** tool pay: is gone\n- tool settle: is new',
  );
  expect(summaryOf([], 'v1')).toBe('Since v1 clients see no difference.');
});

test('a tool that keeps its old name as a former one has changed, and breaks nobody', () => {
  const settle = { ...tool, listed: { ...tool.listed, name: 'settle' }, formerNames: ['pay'] };
  const one = pinsById([{ kind: 'tool', name: 'pay', content: tool }]);
  const other = pinsById([{ kind: 'tool', name: 'settle', content: settle }]);
  const changes = changesBetween(one, other);
  expect(changes.map((change) => [change.id, breaksClients(change)])).toEqual([['settle', false]]);
  expect(changes.flatMap(({ differences: found }) => found.map(wordsOf))).toEqual([
    'name: was "pay", is "settle"',
    'formerNames: is new, ["pay"]',
  ]);
  // and to forget the old name breaks those that still use it
  const forgotten = pinsById([{ kind: 'tool', name: 'settle', content: { ...settle, formerNames: [] } }]);
  expect(changesBetween(other, forgotten).map(breaksClients)).toEqual([true]);
});
