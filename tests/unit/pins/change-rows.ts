import type { JsonValue, PinKind } from '#scripts/pins/pin';

type Row = readonly [kind: PinKind, path: string, to: JsonValue | undefined, words: string];
const input = 'listed/inputSchema/properties';
const output = 'listed/outputSchema';

export const harmless: readonly Row[] = [
  ['tool', 'listed/title', 'Pay it', 'title: was "Pay", is "Pay it"'],
  ['tool', 'listed/description', 'Pays!', 'description: was "Pays.", is "Pays!"'],
  ['tool', 'listed/annotations/readOnlyHint', true, 'annotations, readOnlyHint: was false, is true'],
  [
    'tool',
    `${input}/amount/description`,
    'Dollars.',
    'input amount, description: was "How much.", is "Dollars."',
  ],
  ['tool', `${input}/amount/maximum`, 6, 'input amount, maximum: was 5, is 6'],
  ['tool', `${input}/amount/minimum`, undefined, 'input amount, minimum: is gone, was 1'],
  ['tool', `${input}/note`, { type: 'string' }, 'input note: is new, {"type":"string"}'],
  ['tool', `${input}/method/enum`, ['card', 'cash', 'check'], 'input method, enum: now also "check"'],
  ['tool', `${input}/method/enum`, ['cash', 'card'], 'input method, enum: the order has changed'],
  [
    'tool',
    `${input}/update/properties/plan/type`,
    'number',
    'input update.plan, type: was "integer", is "number"',
  ],
  ['tool', 'listed/inputSchema/required', [], 'input, required: no longer "amount"'],
  ['tool', `${output}/properties/id`, { type: 'integer' }, 'output id: is new, {"type":"integer"}'],
  ['tool', `${output}/required`, ['paid', 'state'], 'output, required: now also "state"'],
  ['tool', `${output}/properties/state/enum`, ['due', 'paid', 'late'], 'output state, enum: now also "late"'],
  ['tool', 'roles', ['billing', 'security', 'agent'], 'roles: now also "agent"'],
  ['tool', 'timeoutMs', 1, 'timeoutMs: was 30000, is 1'],
  ['tool', 'formerNames', ['settle'], 'formerNames: is new, ["settle"]'],
  [
    'prompt',
    'messages',
    [],
    'messages, 0: is gone, was {"role":"user","content":{"type":"text","text":"Explain."}}',
  ],
  ['resource', 'listed/title', 'Words', 'title: was "Texts", is "Words"'],
  [
    'endpoint',
    'tools/list'.replace('/', '\0'),
    { tools: ['b', 'a'] },
    'tools/list, tools: the order has changed',
  ],
];

export const breaking: readonly Row[] = [
  ['tool', 'endpoint', '/agentic/mcp', 'endpoint: was "/mcp", is "/agentic/mcp"'],
  ['tool', 'roles', ['security'], 'roles: no longer "billing"'],
  ['tool', 'mayAskForAgreement', true, 'mayAskForAgreement: was false, is true'],
  [
    'tool',
    'listed in 2025-11-25',
    undefined,
    'listed in 2025-11-25: is gone, was {"execution":{"taskSupport":"optional"}}',
  ],
  ['tool', 'listed/inputSchema/required', ['amount', 'method'], 'input, required: now also "method"'],
  [
    'tool',
    `${input}/method`,
    undefined,
    'input method: is gone, was {"type":"string","enum":["card","cash"]}',
  ],
  ['tool', `${input}/method/enum`, ['card'], 'input method, enum: no longer "cash"'],
  ['tool', `${input}/amount/enum`, [1, 2], 'input amount, enum: is new, [1,2]'],
  ['tool', `${input}/amount/maximum`, 4, 'input amount, maximum: was 5, is 4'],
  ['tool', `${input}/amount/minimum`, 2, 'input amount, minimum: was 1, is 2'],
  ['tool', `${input}/amount/type`, 'integer', 'input amount, type: was "number", is "integer"'],
  ['tool', `${input}/method/pattern`, '^c', 'input method, pattern: is new, "^c"'],
  [
    'tool',
    `${input}/required/items/properties/at`,
    undefined,
    'input required[].at: is gone, was {"type":"string"}',
  ],
  ['tool', `${output}/properties/paid`, undefined, 'output paid: is gone, was {"type":"number"}'],
  ['tool', `${output}/properties/paid/type`, 'string', 'output paid, type: was "number", is "string"'],
  ['tool', `${output}/required`, [], 'output, required: no longer "paid"'],
  ['prompt', 'roles', [], 'roles: no longer "query"'],
  [
    'prompt',
    'listed/arguments',
    [],
    'arguments, customer: is gone, was {"name":"customer","description":"Whose.","required":true}',
  ],
  ['resource', 'listed/uriTemplate', 'k://{slug}', 'uriTemplate: was "knowledge://{slug}", is "k://{slug}"'],
  ['resource', 'listed/mimeType', 'text/html', 'mimeType: was "text/plain", is "text/html"'],
  ['endpoint', 'address', '/other', 'address: was "/mcp", is "/other"'],
  [
    'endpoint',
    'server\0discover/capabilities/prompts',
    undefined,
    'server/discover, capabilities, prompts: is gone, was {}',
  ],
];
