import { expect, test } from 'vitest';
import type * as z from 'zod';
import { businessTools } from '#contoso/tools/index';
import { eras, metaOf } from './messages.ts';
import { ask, calls } from './null-messages.ts';

/** Arguments that fit a tool's schema, by the names of the fields. */
const fitting: Readonly<Record<string, unknown>> = {
  customer_id: 1,
  subscription_id: 11,
  invoice_id: 101,
  product_id: 1,
  amount: 5,
  start_date: '2026-03-01',
  end_date: '2026-03-31',
  category: 'technical',
  priority: 'low',
  subject: 'Slow',
  description: 'Slow in the evening.',
  update: { status: 'inactive' },
  query: 'refund',
  reason: 'Identity verified',
};

test.each(businessTools.map((tool) => [tool.name, tool] as const))(
  'null is as good as nothing in every optional argument of %s',
  async (name, tool) => {
    const fields = Object.entries<z.ZodType>(tool.input.shape);
    const required = fields.filter(([, schema]) => !schema.safeParse(undefined).success);
    const args = Object.fromEntries(required.map(([field]) => [field, fitting[field]]));
    const code = tool.confirmation === undefined ? {} : { confirmation_code: null };
    const nulls = Object.fromEntries(
      fields.filter(([field]) => !(field in args)).map(([field]) => [field, null]),
    );
    for (const era of eras) {
      for (const sent of [args, { ...args, ...nulls, ...code }, ...(required.length === 0 ? [null] : [])]) {
        calls.length = 0;
        const { message } = await ask(era, 'tools/call', { name, arguments: sent, _meta: metaOf(era) });
        expect(message.result?.isError, JSON.stringify(message)).toBeUndefined();
        expect(calls).toEqual([tool.input.parse(args)]);
      }
    }
  },
);

test('inside of an argument as well', async () => {
  calls.length = 0;
  const update = { status: 'inactive', speed_tier: null, data_cap_gb: null, autopay_enabled: null };
  await ask('2026-07-28', 'tools/call', {
    name: 'update_subscription',
    arguments: { subscription_id: 11, update },
    _meta: metaOf('2026-07-28'),
  });
  expect(calls).toEqual([{ subscription_id: 11, update: { status: 'inactive' } }]);
});

test('where null is a value of its own, it stays', async () => {
  const { message } = await ask('2026-07-28', 'tools/call', {
    name: 'greet',
    arguments: { word: null, loud: null },
    _meta: metaOf('2026-07-28'),
  });
  expect(message.result?.structuredContent).toEqual({ said: '{"loud":null}' });
});

test('a required argument is not there when it is null', async () => {
  const { message } = await ask('2026-07-28', 'tools/call', {
    name: 'get_customer_detail',
    arguments: { customer_id: null },
    _meta: metaOf('2026-07-28'),
  });
  expect(message.result).toMatchObject({
    isError: true,
    content: [{ text: expect.stringMatching(/customer_id/) }],
  });
});
