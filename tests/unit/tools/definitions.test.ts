import { expect, test } from 'vitest';
import * as z from 'zod';
import type { Permission } from '../../../shared/access/permissions.ts';
import type { AnyTool } from '../../../shared/tools/define.ts';
import { businessTools } from '../../../shared/tools/index.ts';

type Kind = 'reads' | 'adds' | 'replaces';

/** Name, permission, kind, required and optional inputs, fields of the result: the contract with clients. */
const contract: readonly [string, Permission, Kind, string[], string[], string[]][] = [
  [
    'get_all_customers',
    'customers.read',
    'reads',
    [],
    ['search', 'limit', 'cursor'],
    ['customers', 'next_cursor'],
  ],
  ['get_customer_detail', 'customers.read', 'reads', ['customer_id'], [], ['customer_id', 'subscriptions']],
  [
    'get_subscription_detail',
    'subscriptions.read',
    'reads',
    ['subscription_id'],
    [],
    ['subscription_id', 'product', 'invoices', 'service_incidents'],
  ],
  ['get_invoice_payments', 'billing.read', 'reads', ['invoice_id'], [], ['invoice_id', 'payments']],
  [
    'get_billing_summary',
    'billing.read',
    'reads',
    ['customer_id'],
    [],
    ['customer_id', 'total_due', 'invoices'],
  ],
  [
    'pay_invoice',
    'billing.write',
    'adds',
    ['invoice_id', 'amount'],
    ['method', 'idempotency_key'],
    ['payment_id', 'invoice_id', 'outstanding'],
  ],
  [
    'get_data_usage',
    'usage.read',
    'reads',
    ['subscription_id', 'start_date', 'end_date'],
    ['aggregate'],
    ['records', 'totals'],
  ],
  ['get_promotions', 'catalog.read', 'reads', [], [], ['promotions']],
  ['get_eligible_promotions', 'catalog.read', 'reads', ['customer_id'], [], ['promotions', 'not_eligible']],
  ['get_products', 'catalog.read', 'reads', [], ['category'], ['products']],
  ['get_product_detail', 'catalog.read', 'reads', ['product_id'], [], ['product_id', 'name', 'monthly_fee']],
  ['get_customer_orders', 'orders.read', 'reads', ['customer_id'], [], ['orders']],
  ['get_support_tickets', 'tickets.read', 'reads', ['customer_id'], ['open_only'], ['tickets']],
  [
    'create_support_ticket',
    'tickets.write',
    'adds',
    ['customer_id', 'subscription_id', 'category', 'priority', 'subject', 'description'],
    [],
    ['ticket_id', 'status', 'opened_at'],
  ],
  [
    'update_subscription',
    'subscriptions.write',
    'replaces',
    ['subscription_id', 'update'],
    [],
    ['subscription_id', 'updated_fields', 'subscription'],
  ],
  ['search_knowledge_base', 'knowledge.read', 'reads', ['query'], ['topk'], ['documents', 'mode']],
  ['get_security_logs', 'security.read', 'reads', ['customer_id'], [], ['locked', 'logs']],
  [
    'unlock_account',
    'security.write',
    'replaces',
    ['customer_id', 'reason'],
    [],
    ['customer_id', 'unlocked_at'],
  ],
];

const hints: Record<Kind, AnyTool['annotations']> = {
  reads: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false },
  adds: { readOnlyHint: false, destructiveHint: false, idempotentHint: false, openWorldHint: false },
  replaces: { readOnlyHint: false, destructiveHint: true, idempotentHint: true, openWorldHint: false },
};

function inputSchema(tool: AnyTool) {
  return z.toJSONSchema(tool.input, { io: 'input', target: 'draft-2020-12' });
}

test('there are the eighteen tools of the contract, in its order', () => {
  expect(businessTools.map((tool) => tool.name)).toEqual(contract.map(([name]) => name));
});

test.each(contract)('%s is as the contract says', (name, permission, kind, required, optional, result) => {
  const tool = businessTools.find((one) => one.name === name);
  expect(tool).toMatchObject({ permission, annotations: hints[kind] });
  const schema = inputSchema(tool as AnyTool);
  expect(schema.required ?? []).toEqual(required);
  expect(Object.keys(schema.properties ?? {})).toEqual([...required, ...optional]);
  expect(Object.keys(tool?.output.shape)).toEqual(expect.arrayContaining(result));
});

test.each(businessTools.map((tool) => [tool.name, tool] as const))('%s is described', (_name, tool) => {
  expect(tool.title.length).toBeGreaterThan(5);
  expect(tool.title.length).toBeLessThanOrEqual(60);
  expect(tool.description.length).toBeGreaterThan(80);
  expect(tool.description).toMatch(/\bUse it\b/);
  expect(tool.description).not.toMatch(/[\n\r\t]/);
});

test('descriptions send the reader only to tools that exist', () => {
  const names = new Set(businessTools.map((tool) => tool.name));
  for (const tool of businessTools) {
    const mentioned = JSON.stringify([tool.description, inputSchema(tool)]).match(
      /\b(?:get|ask|create|update|search|pay|unlock)_[a-z_]+/g,
    );
    expect([...(mentioned ?? [])].filter((name) => !names.has(name))).toEqual([]);
  }
});

test.each(businessTools.map((tool) => [tool.name, tool] as const))(
  '%s takes no extra fields, and every field is described',
  (_name, tool) => {
    expectStrictAndDescribed(inputSchema(tool));
    expect(tool.input.safeParse({ surprise: 1 }).error?.issues).toEqual(
      expect.arrayContaining([expect.objectContaining({ code: 'unrecognized_keys' })]),
    );
  },
);

test.each(businessTools.map((tool) => [tool.name, tool] as const))(
  'the result of %s is an object',
  (_name, tool) => {
    expect(z.toJSONSchema(tool.output, { io: 'output', target: 'draft-2020-12' })).toMatchObject({
      type: 'object',
    });
  },
);

function expectStrictAndDescribed(schema: z.core.JSONSchema.BaseSchema): void {
  expect(schema).toMatchObject({ type: 'object', additionalProperties: false });
  for (const field of Object.values(schema.properties ?? {})) {
    const choices = typeof field === 'object' ? [field, ...(field.anyOf ?? [])] : [];
    expect(choices.some((one) => typeof one === 'object' && one.description)).toBe(true);
    if (typeof field === 'object' && field.type === 'object') {
      expectStrictAndDescribed(field);
    }
  }
}
